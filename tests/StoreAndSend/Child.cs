using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.StoreAndSend;

/// <summary>The agent's own outbox, store loop, publish loop and connection, with made-up decisions instead of a machine.</summary>
internal sealed class Child : IDisposable
{
    /// <summary>What waits may not grow without bound: this many, and the writers rest.</summary>
    private const int MostWaiting = 2000;

    /// <summary>More than may be in flight at once.</summary>
    private const int LargeBurst = 150;

    private const int Alarms = 8;

    private readonly Random _random = new();
    private readonly PipelineChannels _channels = new();
    private readonly PipelineCounters _counters = new();
    private readonly Outbox _outbox;
    private readonly DecisionMaker _decisions = new(
        new DeviceIdentity("test", "child", "P-1", "boot"), [], new ModelIdentity("none", "0", "0"), TimeSpan.FromSeconds(1), Guid.CreateVersion7);
    private readonly MomentClock _clock = new(TimeProvider.System, () => true, () => TimeSpan.FromMilliseconds(Environment.TickCount64));
    private readonly StoreLoop _store;
    private readonly PublishLoop _publish;

    public Child(string folder, int port)
    {
        Decision Notice(string code, Severity severity, IReadOnlyDictionary<string, string> data) => _decisions.Notice(code, severity, data, _clock.Now());
        _outbox = new Outbox(Path.Combine(folder, "outbox.db"), new OutboxSettings { Notice = Notice }, patient: true);
        var log = new StoredLines();
        var journal = new AlarmJournal(AlarmDatabase.Open(":memory:"), handed: 0, new HistoryLimits(TimeSpan.FromDays(1), 1 << 20), _clock.Now());
        _store = new StoreLoop(
            _channels, journal, _outbox, new HeldItems(8 << 20), new StorageTrouble(Notice, TimeProvider.System, log), _clock, _counters, TimeProvider.System, log);
        var broker = new BrokerSettings(
            options => new ToldConnection(MqttConnectionFactories.Default(TimeProvider.System)(options)),
            new MqttConnectionOptions { Host = "127.0.0.1", Port = port, ClientId = "child" },
            new Topics("test", "child"));
        _publish = new PublishLoop(
            broker, _channels, _outbox, _counters, commands: null, announce: null, new ReconnectBackoff(_random), TimeProvider.System, NullLogger<PublishLoop>.Instance);
    }

    /// <summary>Until it is killed.</summary>
    public Task RunAsync() => Task.WhenAll(_store.RunAsync(CancellationToken.None), _publish.RunAsync(CancellationToken.None), MakeAsync());

    public async Task DrainAsync()
    {
        using var stop = new CancellationTokenSource();
        var publishing = _publish.RunAsync(stop.Token);
        while (_outbox.Status().Waiting > 0)
        {
            await Task.Delay(10).ConfigureAwait(false);
        }

        await stop.CancelAsync().ConfigureAwait(false);
        await publishing.ConfigureAwait(false);
    }

    public void Dispose() => _outbox.Dispose();

    /// <summary>Bursts of a few decisions, some of alarms, whose order matters, some notices.</summary>
    private async Task MakeAsync()
    {
        var alarms = Enumerable.Range(0, Alarms).Select(_ => Guid.NewGuid()).ToList();
        while (true)
        {
            for (var burst = _random.Next(20) == 0 ? LargeBurst : _random.Next(1, 10); burst > 0; burst--)
            {
                var severity = (Severity)_random.Next(3);
                var made = _decisions.Notice("made", severity, new Dictionary<string, string> { ["padding"] = new('x', _random.Next(1000)) }, _clock.Now());
                made = _random.Next(2) == 0 ? made : made with { Kind = "machine", Event = "updated", AlarmId = alarms[_random.Next(Alarms)] };
                await _channels.Items.Writer.WriteAsync(new OutboxItem.ForDecision(made)).ConfigureAwait(false);
            }

            do
            {
                await Task.Delay(_random.Next(5, 30)).ConfigureAwait(false);
            }
            while (_counters.Stored - _counters.Delivered > MostWaiting);
        }
    }
}
