using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Snapshots;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage.Snapshots;

namespace EdgeAgent.Tests.Storage.Snapshots;

/// <summary>Snapshots to write.</summary>
internal static class SnapshotBench
{
    public static readonly SnapshotChannel[] Channels = [new("Flow", "flow;column", "flow", "l/min"), new("Motor temperature", "Motor temperature", "temperature", "°C")];

    public static SnapshotSpan Span { get; } = SnapshotSpan.Within(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), 1, Channels.Length, 1 << 20);

    /// <summary>A ring with readings once a second, the third of them missing in the first channel.</summary>
    public static ReadingRing Ring(int readings, int capacity = 10_000)
    {
        var ring = new ReadingRing(capacity, Channels.Length);
        for (var i = 0; i < readings; i++)
        {
            ring.Add(Frame(i));
        }

        return ring;
    }

    public static SensorFrame Frame(int i) => new(i, ManualTime.Start.AddSeconds(i), TimeSpan.FromSeconds(i), [i == 2 ? float.NaN : i / 10f, -i]);

    public static SnapshotRange Range(Guid? alarm = null, int from = 0, int raise = 6, int to = 9, SnapshotEnd end = SnapshotEnd.Complete, string kind = "machine") =>
        new(Raised(alarm, kind), TimeSpan.FromSeconds(raise - 1), from, raise, to, end);

    public static Decision Raised(Guid? alarm = null, string kind = "machine") =>
        OutboxItems.Decision("warning", kind, "raised", alarm ?? Guid.CreateVersion7(ManualTime.Start)).Decision with { At = ManualTime.Start };

    /// <returns>The file's bytes.</returns>
    public static byte[] Write(SnapshotRange range, ReadingRing ring)
    {
        using var file = new MemoryStream();
        var header = SnapshotHeaders.Make(range, ring, Span, 1, Channels)!;
        Assert.True(SnapshotFile.TryWrite(file, SnapshotFile.HeaderLine(header), ring, range));
        return file.ToArray();
    }
}
