namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>What a process did, and what became of it.</summary>
/// <param name="Injected">Calls that were made to fail.</param>
/// <param name="Told">Its standard output, also where the recording leaves it out.</param>
internal sealed record RecordedProcess(IReadOnlyList<FileOperation> Operations, int Injected, IReadOnlyList<string> Told, int ExitCode, string Errors)
{
    /// <summary>Files outside of its folder that it opened for writing, made, renamed or removed.</summary>
    public required IReadOnlyList<string> Elsewhere { get; init; }

    /// <summary>Threads of child processes that it started; what they do is left out.</summary>
    public required int Children { get; init; }
}
