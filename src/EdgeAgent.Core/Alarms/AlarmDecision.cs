using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Alarms;

/// <summary>Something that the alarm book decided.</summary>
/// <param name="Decision">null = only the state has to be stored again.</param>
/// <param name="State">Where the source stands from now on; null for a notice.</param>
/// <param name="Published">False: for the history alone, because the alarm is shelved or suppressed.</param>
public sealed record AlarmDecision(Decision? Decision, SourceState? State, bool Published);
