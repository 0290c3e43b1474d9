using EdgeAgent.Core.Machines;

namespace EdgeAgent.Core.Tests.Machines;

public sealed class BearingOrdersTests
{
    [Fact]
    public void The_geometry_of_a_6205_gives_the_orders_of_its_data_sheet()
    {
        // SKF 6205-2RS JEM: 9 balls of 0.3126 in on a pitch circle of 1.537 in; published 3.5848, 5.4152, 2.357, 0.39828.
        var orders = BearingOrders.FromGeometry(9, 0.3126, 1.537, 0);

        Assert.Equal(3.5848, orders.Bpfo, 3);
        Assert.Equal(5.4152, orders.Bpfi, 3);
        Assert.Equal(2.357, orders.Bsf, 3);
        Assert.Equal(0.3983, orders.Ftf, 3);
    }

    [Fact]
    public void Both_races_together_are_struck_once_per_ball_and_turn()
    {
        var orders = BearingOrders.FromGeometry(12, 8, 50, 25);

        Assert.Equal(12, orders.Bpfo + orders.Bpfi, 9);
        Assert.Equal(orders.Bpfo, 12 * orders.Ftf, 9);
    }
}
