using EdgeAgent.Core.Detection;

namespace EdgeAgent.Core.Tests.Detection;

public sealed class WindowArchiveTests
{
    private const int Budget = 64 * sizeof(float);

    [Fact]
    public void Windows_within_the_budget_are_all_kept_in_order() =>
        Assert.Equal(Enumerable.Range(0, 64), Fill(consecutive: false, 64));

    [Theory]
    [InlineData(65)]
    [InlineData(500)]
    [InlineData(10_000)]
    public void A_long_recording_is_kept_evenly_in_whole_blocks(int windows)
    {
        var kept = Fill(consecutive: false, windows);

        Assert.InRange(kept.Length, 32, 64);
        Assert.Equal(kept.Order(), kept);
        Assert.All(kept.Chunk(16), block => Assert.Equal(Enumerable.Range(block[0], block.Length), block));
        var starts = kept.Chunk(16).Select(block => block[0]).ToArray();
        Assert.Equal(0, starts[0]);
        Assert.Single(starts.Zip(starts.Skip(1), (a, b) => b - a).Distinct());
        Assert.True(kept[^1] >= windows / 2, $"the newest kept is {kept[^1]} of {windows}");
    }

    [Fact]
    public void A_fit_that_needs_every_window_gets_the_first_ones()
    {
        var archive = new WindowArchive(1, consecutive: true, Budget);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(i >= 64, archive.IsFull);
            archive.Add([i]);
        }

        Assert.Equal(Enumerable.Range(0, 64), Kept(archive));
    }

    private static int[] Fill(bool consecutive, int windows)
    {
        var archive = new WindowArchive(1, consecutive, Budget);
        for (var i = 0; i < windows; i++)
        {
            archive.Add([i]);
        }

        return Kept(archive);
    }

    private static int[] Kept(WindowArchive archive) => [.. archive.Windows.ToArray().Select(value => (int)value)];
}
