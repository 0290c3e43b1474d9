using System.Runtime.InteropServices;
using EdgeAgent.Files;

namespace EdgeAgent.Sensors.Hardware.Linux;

/// <summary>Which group a device belongs to, so that a refusal can say what is missing.</summary>
internal static unsafe partial class FileGroup
{
    // getgrgid answers in memory of its own, which the next call overwrites.
    private static readonly Lock OneAtATime = new();

    /// <summary>What to do about a device that the agent may not use.</summary>
    public static string Advice(string path)
    {
        var group = Of(path);
        return group is null or "root"
            ? "only root may use it: give it a group by a udev rule, and the agent's user that group"
            : $"it is for the group {group}: sudo usermod -aG {group} {Environment.UserName}, and start the agent again";
    }

    /// <summary>The name of the group that a file belongs to, or its number where that has no name; null if it cannot be looked at.</summary>
    public static string? Of(string path)
    {
        try
        {
            var id = LinuxFile.FactsOfTarget(path).Group;
            return NameOf(id) ?? id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? NameOf(uint id)
    {
        lock (OneAtATime)
        {
            // The first field of struct group is its name.
            var group = (byte**)Group(id);
            return group is null ? null : Marshal.PtrToStringUTF8((nint)group[0]);
        }
    }

    [LibraryImport("libc", EntryPoint = "getgrgid")]
    private static partial nint Group(uint id);
}
