using System.Reflection;

namespace EdgeAgent.Children;

/// <summary>How to start this program again, as a child.</summary>
/// <param name="Arguments">What stands before the program's own arguments.</param>
internal sealed record OwnProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>
    /// The executable itself, or `dotnet edgeagent.dll` where that is how it was started (arm64 on the portable feed has
    /// no executable of its own).
    /// </summary>
    public static OwnProgram Find()
    {
        var process = Environment.ProcessPath ?? "edgeagent";
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? new OwnProgram(process, [Assembly.GetEntryAssembly()!.Location])
            : new OwnProgram(process, []);
    }
}
