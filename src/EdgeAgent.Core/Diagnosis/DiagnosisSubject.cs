namespace EdgeAgent.Core.Diagnosis;

/// <summary>The alarm that is to be explained.</summary>
/// <param name="Id">Stable id of the diagnosis to be, a UUIDv7.</param>
/// <param name="AlarmId">The alarm.</param>
/// <param name="DecisionId">The decision that raised it.</param>
/// <param name="Evidence">What the channels showed when it was raised.</param>
/// <param name="Library">What can go wrong with this machine.</param>
public sealed record DiagnosisSubject(
    Guid Id, Guid AlarmId, Guid DecisionId, IReadOnlyList<Evidence> Evidence, FaultLibrary Library);
