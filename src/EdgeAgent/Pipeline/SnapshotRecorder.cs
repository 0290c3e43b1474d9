using System.Threading.Channels;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Snapshots;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>The detect loop's side of the snapshots: remembers every reading, and orders what belongs to an alarm. Never waits.</summary>
internal sealed class SnapshotRecorder(SnapshotWatch watch, ChannelWriter<SnapshotRange> orders, ILogger<SnapshotLoop> log)
{
    /// <summary>Before the reading is judged, so that the one that raises an alarm is among those before it.</summary>
    public void Remember(SensorFrame frame) => OrderAll(watch.Add(frame));

    /// <param name="at">On the monotonic scale of the readings.</param>
    public void Raised(Decision raised, TimeSpan at)
    {
        if (watch.Raise(raised, at) is not { } before)
        {
            SnapshotLog.NotTaken(log, raised.AlarmId, $"nothing was read yet, or the readings around {SnapshotWatch.MostOpen} alarms are being taken");
            return;
        }

        Order(before);
    }

    /// <summary>There will be no more readings.</summary>
    public void End()
    {
        OrderAll(watch.End());
        orders.TryComplete();
    }

    private void OrderAll(IReadOnlyList<SnapshotRange> ranges)
    {
        for (var i = 0; i < ranges.Count; i++)
        {
            Order(ranges[i]);
        }
    }

    private void Order(SnapshotRange range)
    {
        if (!orders.TryWrite(range))
        {
            SnapshotLog.NotTaken(log, range.Raised.AlarmId, "too many wait to be written");
        }
    }
}
