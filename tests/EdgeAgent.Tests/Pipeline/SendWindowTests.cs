using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using EdgeAgent.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Pipeline;

/// <summary>What may be on its way at once, with a broker that answers when the test says so, and a real outbox.</summary>
public sealed class SendWindowTests : IDisposable
{
    private static readonly MqttPublishResult Acknowledged = MqttPublishResult.From(MqttReasonCode.Success);

    private readonly TemporaryFolder _folder = new();
    private readonly Outbox _outbox;
    private readonly AcknowledgedRecords _acknowledged;
    private readonly SemaphoreSlim _answers = new(0);
    private readonly Dictionary<long, TaskCompletionSource<MqttPublishResult>> _sent = [];

    public SendWindowTests()
    {
        _outbox = new Outbox(Path.Combine(_folder.Path, "outbox.db"));
        _acknowledged = new AcknowledgedRecords(_outbox, new PipelineCounters(), NullLogger.Instance);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _folder.Dispose();
        _answers.Dispose();
    }

    [Fact]
    public async Task What_is_sent_and_still_on_the_disk_is_never_more_than_the_window()
    {
        var window = new SendWindow(4, _acknowledged);
        var records = Store(Enumerable.Range(0, 10).Select(_ => OutboxItems.Decision()));
        Take(window, records);
        Send(window);
        Assert.Equal(4, _sent.Count);

        await AnswerAsync(window, records[0], records[1], records[2]);
        Send(window);
        Assert.Equal(4, _sent.Count);
        Assert.Equal(0, window.Free);

        _acknowledged.TrySettle();
        Send(window);
        Assert.Equal(7, _sent.Count);
        Assert.Equal(7, _outbox.Status().Waiting);
    }

    [Fact]
    public async Task Of_one_alarm_one_is_on_its_way_and_others_do_not_wait_for_it()
    {
        var window = new SendWindow(4, _acknowledged);
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        var records = Store([OutboxItems.Raised("warning", one), OutboxItems.Raised("warning", one), OutboxItems.Raised("warning", other), OutboxItems.Decision()]);
        Take(window, records);
        Send(window);
        Assert.Equal([records[0].Position, records[2].Position, records[3].Position], _sent.Keys.Order());

        await AnswerAsync(window, records[0]);
        Send(window);
        Assert.Contains(records[1].Position, _sent.Keys);
    }

    [Fact]
    public async Task What_waits_behind_a_refused_message_of_its_alarm_is_not_sent()
    {
        var window = new SendWindow(4, _acknowledged);
        var alarm = Guid.NewGuid();
        var records = Store([OutboxItems.Raised("warning", alarm), OutboxItems.Raised("warning", alarm), OutboxItems.Raised("warning", alarm)]);
        Take(window, records);
        Send(window);

        _sent[records[0].Position].SetResult(MqttPublishResult.From(MqttReasonCode.QuotaExceeded));
        await _answers.WaitAsync();
        Assert.True(window.TryTakeAnswer(out var refused, out _));
        window.GiveBack(refused.Alarm);
        Send(window);

        Assert.Single(_sent);
        Assert.True(window.IsIdle);
        Assert.Equal(4, window.Free);
    }

    private IReadOnlyList<OutboxRecord> Store(IEnumerable<OutboxItem> items) => _outbox.Commit([.. items], OutboxItems.Now);

    private static void Take(SendWindow window, IReadOnlyList<OutboxRecord> records)
    {
        foreach (var record in records)
        {
            window.Take(record);
        }
    }

    private void Send(SendWindow window) => window.Send(
        record =>
        {
            _sent.Add(record.Position, new TaskCompletionSource<MqttPublishResult>());
            return _sent[record.Position].Task;
        },
        () => _answers.Release());

    private async Task AnswerAsync(SendWindow window, params OutboxRecord[] records)
    {
        foreach (var record in records)
        {
            _sent[record.Position].SetResult(Acknowledged);
            await _answers.WaitAsync();
            Assert.True(window.TryTakeAnswer(out var answered, out _));
            _acknowledged.Add(new Settlement(answered.Position, DeadReason: null));
            window.Next(answered.Alarm);
        }
    }
}
