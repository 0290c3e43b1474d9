using System.Threading.Channels;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Signals;
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
/// </code>
/// When an arrow is full: frames wait (a recording loses nothing; a live source paces itself), items wait (a decision is
/// never dropped before it is stored), raised ones are explained by the template at once, and stored is one bell that
/// is either rung or not.
/// </summary>
internal sealed class PipelineChannels
{
    public Channel<SensorFrame> Frames { get; } = Bounded<SensorFrame>(256, BoundedChannelFullMode.Wait, oneWriter: true);

    public Channel<OutboxItem> Items { get; } = Bounded<OutboxItem>(1024, BoundedChannelFullMode.Wait, oneWriter: false);

    public Channel<Decision> Raised { get; } = Bounded<Decision>(16, BoundedChannelFullMode.Wait, oneWriter: true);

    public Channel<bool> Stored { get; } = Bounded<bool>(1, BoundedChannelFullMode.DropWrite, oneWriter: false);

    private static Channel<T> Bounded<T>(int capacity, BoundedChannelFullMode whenFull, bool oneWriter) =>
        Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { FullMode = whenFull, SingleReader = true, SingleWriter = oneWriter });
}
