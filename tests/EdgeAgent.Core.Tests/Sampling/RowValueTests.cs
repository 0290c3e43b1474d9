using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class RowValueTests
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(RowRule.Mean, 3f)]
    [InlineData(RowRule.Latest, 5f)]
    public void Several_readings_become_one_value_by_the_rule(RowRule rule, float expected)
    {
        var value = new RowValue(rule, Fresh);
        value.Add(1, At(0.1));
        value.Add(3, At(0.2));
        value.Add(5, At(0.3));

        Assert.Equal(expected, value.Take(At(1)));
    }

    [Fact]
    public void Without_a_new_reading_the_latest_counts_while_it_is_fresh_and_no_longer()
    {
        var value = new RowValue(RowRule.Mean, Fresh);
        value.Add(4, At(0));
        value.Add(6, At(0.5));

        Assert.Equal([5f, 6f, 6f, float.NaN, float.NaN], new[] { 1, 2, 3.5, 3.6, 4 }.Select(at => value.Take(At(at))));
    }

    [Fact]
    public void A_fault_forgets_what_was_read_before_it()
    {
        var value = new RowValue(RowRule.Mean, Fresh);
        value.Add(4, At(0));
        value.Fail();

        Assert.Equal(float.NaN, value.Take(At(1)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_reading_that_is_no_number_is_as_good_as_a_fault(double reading)
    {
        var value = new RowValue(RowRule.Mean, Fresh);
        value.Add(4, At(0));
        value.Add(reading, At(0.5));

        Assert.Equal(float.NaN, value.Take(At(1)));
    }

    [Fact]
    public void A_channel_that_was_never_read_is_missing() =>
        Assert.Equal(float.NaN, new RowValue(RowRule.Mean, Fresh).Take(At(0)));

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
