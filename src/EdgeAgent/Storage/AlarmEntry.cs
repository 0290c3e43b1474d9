using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Storage;

/// <summary>What the alarm journal needs to know of an item.</summary>
/// <param name="State">Where the item's source stands from now on.</param>
/// <param name="Published">False: the decision is for the history alone.</param>
/// <param name="Written">Told whether the journal has it on the disk; null if nobody waits.</param>
internal sealed record AlarmEntry(SourceState State, bool Published, TaskCompletionSource<bool>? Written = null);
