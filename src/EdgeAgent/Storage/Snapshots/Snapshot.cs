using System.Buffers.Binary;
using EdgeAgent.Core.Snapshots;

namespace EdgeAgent.Storage.Snapshots;

/// <summary>The readings around one alarm, as they were written.</summary>
/// <param name="Rows">As <see cref="SnapshotFile"/> lays them out.</param>
internal sealed record Snapshot(SnapshotHeader Header, ReadOnlyMemory<byte> Rows)
{
    private readonly int _stride = ReadingRing.BytesPerReading(Header.Channels.Count);

    /// <summary>Wall clock, as far as it was right.</summary>
    public DateTimeOffset At(int reading)
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(Row(reading));
        return new DateTimeOffset(Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }

    /// <summary>Time from the alarm, below zero before it; it is right whatever the wall clock does.</summary>
    public TimeSpan FromAlarm(int reading) => new(BinaryPrimitives.ReadInt64LittleEndian(Row(reading)[sizeof(long)..]));

    /// <summary>NaN where there was no reading.</summary>
    public float Value(int reading, int channel) =>
        BinaryPrimitives.ReadSingleLittleEndian(Row(reading)[((2 * sizeof(long)) + (channel * sizeof(float)))..]);

    private ReadOnlySpan<byte> Row(int reading) => Rows.Span.Slice(reading * _stride, _stride);
}
