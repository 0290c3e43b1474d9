using EdgeAgent.Core.Snapshots;

namespace EdgeAgent.Core.Tests.Snapshots;

public sealed class SnapshotSpanTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 8, 16 << 20)]
    [InlineData(100, 8, 16 << 20)]
    [InlineData(12_000, 2, 64 << 20)]
    public void What_fits_is_held_as_it_was_asked_for(double rateHz, int channels, long bytes)
    {
        var span = SnapshotSpan.Within(Minute, Minute, rateHz, channels, bytes);

        Assert.Equal((Minute, Minute), (span.HeldBefore(rateHz), span.HeldAfter(rateHz)));
        Assert.True((long)span.Capacity * ReadingRing.BytesPerReading(channels) <= bytes);
        Assert.True(span.Capacity >= span.ReadingsBefore + span.ReadingsAfter + 8192);
    }

    [Theory]
    [InlineData(26_700, 3, 16 << 20, 1)]
    [InlineData(26_700, 3, 1 << 20, 1)]
    [InlineData(12_000, 2, 16 << 20, 3)]
    [InlineData(50_000, 64, 100_000, 1)]
    public void What_does_not_fit_is_shortened_on_both_sides_alike_and_the_bound_holds(double rateHz, int channels, long bytes, double afterOverBefore)
    {
        var span = SnapshotSpan.Within(Minute, Minute * afterOverBefore, rateHz, channels, bytes);

        Assert.True((long)span.Capacity * ReadingRing.BytesPerReading(channels) <= Math.Max(bytes, 64 * ReadingRing.BytesPerReading(channels)));
        Assert.True(span.HeldBefore(rateHz) < Minute);
        Assert.InRange(span.ReadingsAfter / (double)span.ReadingsBefore, afterOverBefore * 0.95, afterOverBefore * 1.05);
        Assert.InRange(span.ReadingsBefore + span.ReadingsAfter, span.Capacity * 0.49, span.Capacity * 0.9);
    }

    [Fact]
    public void Nothing_asked_for_is_the_one_reading_that_raised()
    {
        var span = SnapshotSpan.Within(TimeSpan.Zero, TimeSpan.Zero, 1, 8, 1 << 20);

        Assert.Equal((1, 0), (span.ReadingsBefore, span.ReadingsAfter));
    }
}
