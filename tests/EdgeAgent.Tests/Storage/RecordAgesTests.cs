using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage;

public sealed class RecordAgesTests
{
    private readonly ManualTime _time = new();
    private readonly RecordAges _ages;

    public RecordAgesTests() => _ages = new RecordAges(_time);

    [Fact]
    public void A_record_is_old_thirty_seconds_after_it_was_made()
    {
        Make(1);
        _time.Advance(TimeSpan.FromSeconds(20));
        Make(2);
        Assert.Equal([false, false], [IsOld(1), IsOld(2)]);

        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal([true, false], [IsOld(1), IsOld(2)]);

        _time.Advance(TimeSpan.FromSeconds(20));
        Make(3);
        Assert.Equal([true, true, false], [IsOld(1), IsOld(2), IsOld(3)]);
    }

    [Theory]
    [InlineData(5 * 365)]
    [InlineData(-56 * 365)]
    public void A_wall_clock_that_jumps_makes_nothing_of_this_run_older_or_younger(int days)
    {
        Make(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        Make(2);

        _time.SetWall(ManualTime.Start.AddDays(days));

        Assert.Equal([true, false], [IsOld(1), IsOld(2)]);
    }

    [Theory]
    [InlineData(-10, false)]
    [InlineData(-31, true)]
    [InlineData(31, true)]
    [InlineData(5 * 365 * 86400L, true)]
    public void What_an_earlier_run_made_is_told_by_the_wall_clock_and_one_that_went_back_counts_as_old(long secondsFromNow, bool old)
    {
        Make(5);

        Assert.Equal(old, _ages.IsOld(4, ManualTime.Start.AddSeconds(secondsFromNow).ToUnixTimeMilliseconds()));
    }

    [Fact]
    public void What_waited_for_the_disk_is_as_old_as_it_is_and_not_as_its_commit()
    {
        var made = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMinutes(10));
        _ages.Add(1, made);
        _ages.Add(2, _time.GetTimestamp());

        Assert.Equal([true, false], [IsOld(1), IsOld(2)]);
    }

    [Fact]
    public void Ten_thousand_records_at_once_share_a_mark_and_are_told_apart_from_later_ones()
    {
        for (var position = 1; position <= 10_000; position++)
        {
            Make(position);
        }

        _time.Advance(TimeSpan.FromSeconds(31));
        Make(10_001);

        Assert.Equal([true, true, false], [IsOld(1), IsOld(10_000), IsOld(10_001)]);
    }

    private void Make(long position) => _ages.Add(position, _time.GetTimestamp());

    private bool IsOld(long position) => _ages.IsOld(position, _time.GetUtcNow().ToUnixTimeMilliseconds());
}
