using EdgeAgent.Core.Snapshots;
using EdgeAgent.Storage.Snapshots;

namespace EdgeAgent.Pipeline;

/// <summary>Words a range of readings as the first line of its file.</summary>
internal static class SnapshotHeaders
{
    /// <returns>null when the ring has lost the first reading meanwhile.</returns>
    public static SnapshotHeader? Make(SnapshotRange range, ReadingRing ring, SnapshotSpan span, double rateHz, IReadOnlyList<SnapshotChannel> channels)
    {
        Span<ReadingTime> first = stackalloc ReadingTime[1];
        Span<ReadingTime> last = stackalloc ReadingTime[1];
        var values = new float[ring.Channels];
        if (!ring.TryCopy(range.From, first, values) || !ring.TryCopy(range.To - 1, last, values))
        {
            return null;
        }

        var raised = range.Raised;
        return new SnapshotHeader(
            SnapshotHeader.SchemaName,
            raised.AlarmId!.Value,
            raised.Id,
            raised.Kind,
            raised.Data?.GetValueOrDefault("channel") ?? raised.Machine,
            raised.Code,
            raised.Severity,
            raised.Site,
            raised.Device,
            raised.Machine,
            raised.At,
            raised.Clock,
            raised.BootId,
            raised.MonotonicMs,
            rateHz,
            channels,
            span.Before.TotalSeconds,
            span.After.TotalSeconds,
            Math.Max(0, Seconds(range.RaisedAt.Ticks - first[0].MonotonicTicks)),
            Math.Max(0, Seconds(last[0].MonotonicTicks - range.RaisedAt.Ticks)),
            range.After,
            (int)(range.To - range.From),
            (int)Math.Max(0, range.Raise - range.From));
    }

    private static double Seconds(long ticks) => TimeSpan.FromTicks(ticks).TotalSeconds;
}
