using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Outputs;

/// <summary>The alarms that are to be shown: those that decisions told, without what is shelved or was suppressed in a flood.</summary>
/// <param name="Any">Of the machine or a sensor.</param>
/// <param name="Machine">Its severity; null while the machine has none.</param>
internal readonly record struct StandingAlarms(bool Any, Severity? Machine)
{
    public static StandingAlarms Of(IEnumerable<SourceState> sources)
    {
        var shown = sources.Where(source => source is { Stands: true, Shelf: null, Alarm.Suppressed: false }).ToArray();
        return new StandingAlarms(shown.Length > 0, shown.FirstOrDefault(source => source.Source.IsMachine)?.Alarm!.Severity);
    }
}
