using System.Threading.Channels;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Snapshots;
using EdgeAgent.Storage;

namespace EdgeAgent.Pipeline;

/// <summary>
/// Every arrow between two loops, made in this one place:
/// <code>
///  SensorLoop ──frames──▶ DetectLoop ──items──▶ StoreLoop ──stored──▶ PublishLoop ──▶ MQTT
///                                       ▲           │
///                                       │         raised
///                                       │           ▼
///                                       └────── ExplainLoop ◀──▶ language-worker (child process)
///
///  DetectLoop ──snapshots──▶ SnapshotLoop ──▶ readings around alarms, on the disk
/// </code>
/// The end of the frames travels along: DetectLoop ends the items with a null, StoreLoop passes that on by completing the
/// raised ones, and when ExplainLoop has written its last diagnosis the items are completed and StoreLoop ends.
/// When an arrow is full: frames wait (a recording loses nothing; a live source paces itself), items wait (StoreLoop
/// takes them also while the disk refuses, and holds them within its own bound), a raised alarm beyond 64 that wait goes without an explanation (so many never wait:
/// the template explains a burst in microseconds), a range of readings beyond 32 that wait is not kept, and stored is one bell that is either rung or not.
/// </summary>
internal sealed class PipelineChannels
{
    public Channel<SensorFrame> Frames { get; } = Bounded<SensorFrame>(256, BoundedChannelFullMode.Wait, oneWriter: true);

    /// <summary>null = the last decision of this run has gone before.</summary>
    public Channel<OutboxItem?> Items { get; } = Bounded<OutboxItem?>(1024, BoundedChannelFullMode.Wait, oneWriter: false);

    public Channel<Decision> Raised { get; } = Bounded<Decision>(64, BoundedChannelFullMode.Wait, oneWriter: true);

    public Channel<SnapshotRange> Snapshots { get; } = Bounded<SnapshotRange>(32, BoundedChannelFullMode.Wait, oneWriter: true);

    public Channel<bool> Stored { get; } = Bounded<bool>(1, BoundedChannelFullMode.DropWrite, oneWriter: false);

    /// <summary>Not a queue: where the disk stands. The bell rings when it changes.</summary>
    public StorageSign Storage { get; } = new();

    /// <summary>After a failure: every loop runs to the end of what it has.</summary>
    public void CompleteAll()
    {
        Frames.Writer.TryComplete();
        Raised.Writer.TryComplete();
        Items.Writer.TryComplete();
        Snapshots.Writer.TryComplete();
    }

    private static Channel<T> Bounded<T>(int capacity, BoundedChannelFullMode whenFull, bool oneWriter) =>
        System.Threading.Channels.Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { FullMode = whenFull, SingleReader = true, SingleWriter = oneWriter });
}
