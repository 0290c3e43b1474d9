using System.Runtime.InteropServices;

namespace EdgeAgent.Sensors.Hardware.Linux;

/// <summary>Which group a device belongs to, so that a refusal can say what is missing.</summary>
internal static unsafe partial class FileGroup
{
    private const int CurrentFolder = -100;
    private const uint WantGroup = 0x10;
    private const int GroupAt = 24;
    private const int ResultSize = 256;

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
        // struct statx is the same on every architecture, unlike struct stat; stx_gid is at byte 24.
        var result = stackalloc byte[ResultSize];
        if (Look(CurrentFolder, path, 0, WantGroup, result) != 0)
        {
            return null;
        }

        var id = *(uint*)(result + GroupAt);
        return NameOf(id) ?? id.ToString(System.Globalization.CultureInfo.InvariantCulture);
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

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Look(int folder, string path, int flags, uint wanted, void* result);

    [LibraryImport("libc", EntryPoint = "getgrgid")]
    private static partial nint Group(uint id);
}
