using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Storage;

namespace EdgeAgent.Pipeline;

/// <summary>
/// What is on its way over one connection. At most so many records are sent and still on the disk, so that a kill sends no more of
/// them again. Of one alarm one is sent at a time, so that a later message never overtakes an earlier one that is refused.
/// <code>
/// Take ─▶ ready ─▶ in flight ─▶ answered ─▶ AcknowledgedRecords ─▶ taken out of the outbox
///    └──▶ behind its alarm ─▲
/// </code>
/// Belongs to the loop of its session.
/// </summary>
internal sealed class SendWindow(int size, AcknowledgedRecords acknowledged)
{
    /// <summary>Records behind others of their alarm wait in memory: so many windows of them at most.</summary>
    private const int MostBehind = 4;

    private readonly Queue<OutboxRecord> _ready = [];
    private readonly Dictionary<string, Queue<OutboxRecord>> _lanes = [];
    private readonly HashSet<long> _positions = [];
    private readonly ConcurrentQueue<(OutboxRecord Record, Task<MqttPublishResult> Answer)> _answers = new();
    private int _behind;
    private int _inFlight;
    private int _answered;

    public int Size => size;

    /// <summary>Sent, and their answers not taken yet.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How many records it has and the outbox may still have.</summary>
    public int Count => _positions.Count + acknowledged.Count;

    /// <summary>Nothing waits for an answer, or to be sent.</summary>
    public bool IsIdle => _positions.Count == 0;

    /// <summary>How many more can be taken.</summary>
    public int Free => _behind >= MostBehind * size ? 0 : Math.Max(0, Room - _ready.Count);

    private int Room => size - InFlight - acknowledged.Fresh;

    public bool Holds(long position) => _positions.Contains(position) || acknowledged.Contains(position);

    public void Take(OutboxRecord record)
    {
        _positions.Add(record.Position);
        if (record.Alarm is null || _lanes.TryAdd(record.Alarm, []))
        {
            _ready.Enqueue(record);
        }
        else
        {
            _behind++;
            _lanes[record.Alarm].Enqueue(record);
        }
    }

    /// <param name="answered">
    /// Called from another thread when there are answers to take: a quarter of a window, or all that were due. To wake the loop for each
    /// costs more than to send the message. Should the rest of the answers not come, the loop looks by itself in time.
    /// </param>
    public void Send(Func<OutboxRecord, Task<MqttPublishResult>> publish, Action answered)
    {
        while (Room > 0 && _ready.TryDequeue(out var record))
        {
            Interlocked.Increment(ref _inFlight);
            _ = AwaitAnswerAsync(record, publish(record), answered);
        }
    }

    /// <param name="answer">Has completed.</param>
    public bool TryTakeAnswer([NotNullWhen(true)] out OutboxRecord? record, [NotNullWhen(true)] out Task<MqttPublishResult>? answer)
    {
        var there = _answers.TryDequeue(out var answered);
        (record, answer) = answered;
        if (there)
        {
            Interlocked.Decrement(ref _inFlight);
            Interlocked.Decrement(ref _answered);
            _positions.Remove(record!.Position);
        }

        return there;
    }

    /// <summary>A record's broker has it, or never will: the next of its alarm may go.</summary>
    public void Next(string? alarm)
    {
        if (alarm is not null && _lanes[alarm].TryDequeue(out var next))
        {
            _behind--;
            _ready.Enqueue(next);
        }
        else if (alarm is not null)
        {
            _lanes.Remove(alarm);
        }
    }

    /// <summary>A record must be sent again later: what waits behind it goes back to the outbox.</summary>
    public void GiveBack(string? alarm)
    {
        if (alarm is not null && _lanes.Remove(alarm, out var lane))
        {
            _behind -= lane.Count;
            _positions.ExceptWith(lane.Select(record => record.Position));
        }
    }

    /// <summary>Nobody awaits it: whoever sends takes answers until none is in flight.</summary>
    private async Task AwaitAnswerAsync(OutboxRecord record, Task<MqttPublishResult> answer, Action answered)
    {
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _answers.Enqueue((record, answer));
        var there = Interlocked.Increment(ref _answered);
        if (there >= Math.Max(1, size / 4) || there >= InFlight)
        {
            answered();
        }
    }
}
