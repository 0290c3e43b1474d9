using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Gpio;

namespace EdgeAgent.Tests.Sensors.Hardware.Gpio;

/// <summary>What every adapter does with a line.</summary>
public abstract class GpioLineContract
{
    private protected static GpioLineRequest Input => new("pinctrl-test", null, 3);

    /// <summary>Of the line at offset 3 of the chip pinctrl-test.</summary>
    private protected abstract bool IsHigh { get; }

    private protected abstract ReadFault? Open(GpioLineRequest request, out IGpioLine? line);

    /// <summary>Somebody outside changes its voltage.</summary>
    private protected abstract void Set(bool high);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_input_is_read_by_its_polarity(bool activeLow)
    {
        using var line = Opened(Input with { ActiveLow = activeLow });

        Set(high: true);
        Assert.Equal(!activeLow, Read(line));
        Set(high: false);
        Assert.Equal(activeLow, Read(line));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_output_is_what_was_asked_for_from_the_first_moment_and_then_what_is_written(bool activeLow)
    {
        using var line = Opened(Input with { ActiveLow = activeLow, Drives = true });

        Assert.Equal(!activeLow, IsHigh);
        Assert.Null(line.Write(false));
        Assert.Equal(activeLow, IsHigh);
        Assert.Null(line.Write(true));
        Assert.Equal(!activeLow, IsHigh);
    }

    [Theory]
    [InlineData(GpioEdge.Rising, false, 3)]
    [InlineData(GpioEdge.Falling, false, 2)]
    [InlineData(GpioEdge.Both, false, 5)]
    [InlineData(GpioEdge.Rising, true, 2)]
    public void Edges_are_counted_by_their_kind_each_once(object edge, bool activeLow, int expected)
    {
        using var line = Opened(Input with { Edges = (GpioEdge)edge, ActiveLow = activeLow });
        Assert.Equal(0, Edges(line).Count);

        for (var i = 0; i < 5; i++)
        {
            Set(high: i % 2 == 0);
        }

        var edges = Edges(line);
        Assert.Equal((expected, expected - 1), (edges.Count, edges.Between));
        Assert.True(edges.FirstAt <= edges.LastAt);
        Assert.Equal(0, Edges(line).Count);
    }

    [Fact]
    public void A_line_that_was_let_go_can_be_taken_again()
    {
        Opened(Input with { Edges = GpioEdge.Rising }).Dispose();
        using var line = Opened(Input with { Edges = GpioEdge.Rising });

        Set(high: true);

        Assert.Equal(1, Edges(line).Count);
    }

    [Theory]
    [InlineData("no-such-chip", 3)]
    [InlineData("pinctrl-test", 99)]
    public void A_chip_or_a_line_that_is_not_there_is_absent(string chip, int offset)
    {
        var fault = Open(new GpioLineRequest(chip, null, offset), out var line);

        Assert.Equal(ReadFaultKind.Absent, fault!.Kind);
        Assert.Null(line);
    }

    private protected IGpioLine Opened(GpioLineRequest request)
    {
        Assert.Null(Open(request, out var line));
        return line!;
    }

    private protected static EdgeReport Edges(IGpioLine line)
    {
        Assert.Null(line.TakeEdges(out var edges));
        return edges;
    }

    private static bool Read(IGpioLine line)
    {
        Assert.Null(line.Read(out var active));
        return active;
    }
}
