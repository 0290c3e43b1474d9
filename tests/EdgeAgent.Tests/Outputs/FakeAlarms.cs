using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Tests.Outputs;

/// <summary>Alarms that a test lets stand and end.</summary>
internal sealed class FakeAlarms : IAlarmView
{
    private IReadOnlyList<SourceState> _states = [];

    public event Action? Changed;

    public Task<IReadOnlyList<SourceState>> StatesAsync(CancellationToken cancellationToken) => Task.FromResult(Volatile.Read(ref _states));

    public void Stand(params SourceState[] states)
    {
        Volatile.Write(ref _states, states);
        Changed?.Invoke();
    }

    public static SourceState Machine(Severity severity) => State(AlarmSource.Machine("P-1"), severity);

    public static SourceState Sensor(string channel) => State(AlarmSource.Sensor(channel), Severity.Warning);

    private static SourceState State(AlarmSource source, Severity severity) =>
        new(source, new AlarmRecord(Guid.CreateVersion7(ManualTime.Start), AlarmPhase.UnacknowledgedActive, severity, null, null, ManualTime.Start), Shelf: null);
}
