using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class SampleScheduleTests
{
    [Fact]
    public void A_day_of_late_readings_moves_no_deadline()
    {
        var schedule = new SampleSchedule(3, TimeSpan.FromSeconds(1));

        while (schedule.Number < 86_400 * 3)
        {
            schedule.Next(schedule.Due + TimeSpan.FromMilliseconds(schedule.Number % 300));
        }

        Assert.Equal(TimeSpan.FromSeconds(86_401), schedule.Due);
        Assert.Equal(0, schedule.Missed);
    }

    [Fact]
    public void Deadlines_lie_on_the_grid_to_the_tick()
    {
        var schedule = new SampleSchedule(200, TimeSpan.Zero);

        while (schedule.Number < 10_000)
        {
            Assert.Equal(schedule.Number * TimeSpan.TicksPerSecond / 200, schedule.Due.Ticks);
            schedule.Next(schedule.Due);
        }
    }

    [Fact]
    public void What_passed_during_a_stall_is_missed_but_for_the_latest()
    {
        var schedule = new SampleSchedule(10, TimeSpan.Zero);

        schedule.Next(TimeSpan.FromSeconds(1.05));

        Assert.Equal(10, schedule.Number);
        Assert.Equal(9, schedule.Missed);
        Assert.Equal(TimeSpan.FromSeconds(1), schedule.Due);
    }

    [Fact]
    public void A_deadline_is_kept_once()
    {
        var schedule = new SampleSchedule(10, TimeSpan.Zero);

        schedule.Next(TimeSpan.Zero);
        schedule.Next(TimeSpan.FromSeconds(0.1));

        Assert.Equal(2, schedule.Number);
    }
}
