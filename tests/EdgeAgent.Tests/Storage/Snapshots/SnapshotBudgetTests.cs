using EdgeAgent.Storage.Snapshots;

namespace EdgeAgent.Tests.Storage.Snapshots;

public sealed class SnapshotBudgetTests
{
    [Fact]
    public void A_flapping_sensor_spends_half_of_a_day_and_machine_alarms_have_the_rest()
    {
        var time = new ManualTime();
        var budget = new SnapshotBudget(1000, time);

        Assert.True(budget.TrySpend(500, machine: false));
        Assert.False(budget.TrySpend(1, machine: false));
        Assert.True(budget.TrySpend(400, machine: true));
        Assert.False(budget.TrySpend(101, machine: true));
        Assert.True(budget.TrySpend(100, machine: true));

        time.Advance(TimeSpan.FromHours(12));
        Assert.False(budget.TrySpend(1, machine: false));
        Assert.True(budget.TrySpend(250, machine: true));

        // Nothing is saved up beyond a day's worth.
        time.Advance(TimeSpan.FromDays(30));
        Assert.False(budget.TrySpend(1001, machine: true));
        Assert.True(budget.TrySpend(1000, machine: true));
    }
}
