namespace EdgeAgent.Core.Alarms;

/// <summary>Looks at the alarms as they stand.</summary>
public interface IAlarmView
{
    /// <summary>Some alarm or shelf may have changed. Raised by whoever changed it, so a handler must not block.</summary>
    event Action? Changed;

    /// <summary>Every source that has or had an alarm, or is shelved; waits until those of an earlier run are known.</summary>
    Task<IReadOnlyList<SourceState>> StatesAsync(CancellationToken cancellationToken);
}
