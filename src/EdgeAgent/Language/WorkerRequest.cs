using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Language;

/// <summary>A line that a worker reads: one alarm to explain.</summary>
/// <param name="Id">Comes back with the reply.</param>
/// <param name="Faults">The ids to choose from.</param>
/// <param name="MaxTokens">null: as many as the package says.</param>
/// <param name="DeadlineMs">After so long the worker gives up and says so.</param>
internal sealed record WorkerRequest(
    long Id,
    string MachineType,
    IReadOnlyList<string> Faults,
    IReadOnlyList<Evidence> Evidence,
    int? MaxTokens,
    int DeadlineMs);
