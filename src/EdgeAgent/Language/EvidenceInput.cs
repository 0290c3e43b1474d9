using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Language;

/// <summary>What `diagnose` was given to explain: an evidence file or a decision.</summary>
/// <param name="MachineType">null if the file does not say.</param>
/// <param name="FaultLibrary">Path as it stands in the file; null if it names none.</param>
/// <param name="DecisionId">The decision's id; <see cref="Guid.Empty"/> if it is no decision.</param>
/// <param name="AlarmId">The decision's alarm; <see cref="Guid.Empty"/> if there is none.</param>
internal sealed record EvidenceInput(
    string? MachineType, string? FaultLibrary, IReadOnlyList<Evidence> Evidence, Guid DecisionId, Guid AlarmId);
