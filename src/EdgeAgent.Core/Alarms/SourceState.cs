using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Alarms;

/// <summary>What must survive a restart of one source: its latest alarm, and whether it is shelved.</summary>
/// <param name="Alarm">null = it never had one.</param>
/// <param name="Shelf">null = not shelved.</param>
public sealed record SourceState(AlarmSource Source, AlarmRecord? Alarm, AlarmShelf? Shelf)
{
    /// <summary>It has an alarm whose cause is there, or that is held.</summary>
    public bool Stands => Alarm is { } alarm && (alarm.Phase.IsActive() || alarm.Phase.IsLatched());

    /// <summary>Nothing of it needs to be kept.</summary>
    public bool IsEmpty => Alarm is null && Shelf is null;

    public AlarmStatus Status => new(
        Alarm?.Phase.IsActive() == true, Alarm?.Acknowledged is not null, Alarm?.Phase.IsLatched() == true, Shelf?.Until);
}
