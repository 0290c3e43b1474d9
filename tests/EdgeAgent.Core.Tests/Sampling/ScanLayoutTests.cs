using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class ScanLayoutTests
{
    [Fact]
    public void Three_axes_of_sixteen_bits_and_a_time_stamp_are_sixteen_bytes_with_two_of_padding()
    {
        var layout = Layout(("x", 0, "le:s16/16>>0"), ("y", 1, "le:s16/16>>0"), ("z", 2, "le:s16/16>>0"), ("stamp", 3, "le:s64/64>>0"));

        Assert.Equal(16, layout.Bytes);
        Assert.Equal([0, 2, 4, 8], new[] { "x", "y", "z", "stamp" }.Select(channel => layout.Find(channel)!.Value.Offset));
    }

    [Fact]
    public void The_order_is_that_of_the_indexes_and_each_lies_at_a_multiple_of_its_size()
    {
        var layout = Layout(("late", 7, "le:u8/8>>0"), ("wide", 5, "be:s24/32>>8"), ("early", 1, "le:u8/8>>0"));

        Assert.Equal([0, 4, 8], new[] { "early", "wide", "late" }.Select(channel => layout.Find(channel)!.Value.Offset));
        Assert.Equal(12, layout.Bytes);
    }

    [Fact]
    public void A_number_that_is_repeated_takes_its_place_as_often()
    {
        var layout = Layout(("rotation", 0, "le:s16/16X4>>0"), ("temperature", 1, "le:s16/16>>0"));

        Assert.Equal(8, layout.Find("temperature")!.Value.Offset);
        Assert.Equal(16, layout.Bytes);
    }

    [Fact]
    public void A_channel_that_is_not_switched_on_is_not_there() => Assert.Null(Layout(("x", 0, "le:s16/16>>0")).Find("y"));

    private static ScanLayout Layout(params (string Channel, int Index, string Type)[] channels) =>
        new(channels.Select(each => (each.Channel, each.Index, ScanElement.TryParse(each.Type, out var element) ? element : throw new ArgumentException(each.Type))));
}
