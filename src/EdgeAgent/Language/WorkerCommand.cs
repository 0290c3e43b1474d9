using System.Reflection;

namespace EdgeAgent.Language;

/// <summary>How to start this program again, as a child.</summary>
/// <param name="Arguments">What stands before the program's own arguments.</param>
internal sealed record WorkerCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>
    /// The executable itself, or `dotnet edgeagent.dll` where that is how it was started (arm64 on the portable feed has
    /// no executable of its own).
    /// </summary>
    public static WorkerCommand OfThisProgram()
    {
        var process = Environment.ProcessPath ?? "edgeagent";
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? new WorkerCommand(process, [Assembly.GetEntryAssembly()!.Location])
            : new WorkerCommand(process, []);
    }
}
