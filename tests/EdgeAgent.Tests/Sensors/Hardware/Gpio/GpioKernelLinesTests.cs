using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Gpio;

namespace EdgeAgent.Tests.Sensors.Hardware.Gpio;

public sealed class GpioKernelLinesTests : GpioLineContract, IDisposable
{
    private readonly FakeGpioKernel _kernel = new();
    private readonly FakeGpioLine _line;
    private TimeSpan _now = TimeSpan.FromSeconds(100);

    public GpioKernelLinesTests() => _line = _kernel.Add("gpiochip0", "pinctrl-test", "ID_SDA", "GPIO1", "", "GPIO3").Lines[3];

    private protected override bool IsHigh => _line.IsHigh;

    [Fact]
    public void A_line_is_found_by_its_name_on_whichever_chip_it_is()
    {
        var other = _kernel.Add("gpiochip4", "pinctrl-rp1", "GPIO17", "GPIO18");
        Assert.Null(Open(new GpioLineRequest(null, "GPIO18", null), out var line));

        Assert.True(other.Lines[1].IsTaken);
        Assert.Equal("edgeagent", other.Lines[1].TakenBy);
        line!.Dispose();
        Assert.False(other.Lines[1].IsTaken);
    }

    [Theory]
    [InlineData("gpiochip0")]
    [InlineData("pinctrl-test")]
    public void A_chip_is_named_by_its_name_or_its_label(string chip)
    {
        using var line = Opened(Input with { Chip = chip });

        Assert.True(_line.IsTaken);
    }

    [Fact]
    public void A_chip_is_named_by_its_path_also_where_it_has_two()
    {
        _kernel.Link("gpiochip4", "gpiochip0");
        using var line = Opened(Input with { Chip = _kernel.Devices + "/gpiochip4" });

        Assert.True(_line.IsTaken);
    }

    [Fact]
    public void A_chip_with_two_names_is_one()
    {
        _kernel.Link("gpiochip4", "gpiochip0");

        Opened(Input).Dispose();
    }

    [Fact]
    public void A_name_that_two_chips_have_is_a_question()
    {
        _kernel.Add("gpiochip1", "expander", "GPIO3");

        var fault = Open(new GpioLineRequest(null, "GPIO3", null), out _)!;

        Assert.Equal(ReadFaultKind.WrongId, fault.Kind);
        Assert.Equal("gpiochip0 [pinctrl-test] and gpiochip1 [expander] have a line GPIO3; name the chip that is meant, by its path if need be", fault.Why);
    }

    [Fact]
    public void What_there_is_instead_is_said()
    {
        Assert.Equal($"{_kernel.Devices}: no GPIO chip is called pinctrl-rp1, only gpiochip0 [pinctrl-test]", Refusal(Input with { Chip = "pinctrl-rp1" }).Why);
        Assert.Equal("gpiochip0 [pinctrl-test]: has no line 4, only 0..3", Refusal(Input with { Offset = 4 }).Why);
        Assert.Equal("gpiochip0 [pinctrl-test]: no line is called GPIO99; gpioinfo shows those that there are", Refusal(new GpioLineRequest(null, "GPIO99", null)).Why);
    }

    [Fact]
    public void A_device_without_gpio_says_so()
    {
        using var nothing = new TemporaryFolder();

        var fault = new GpioKernelLines(nothing.Path, _kernel.Control).Open(new GpioLineRequest(null, "GPIO3", null), out _)!;

        Assert.Equal(ReadFaultKind.Absent, fault.Kind);
        Assert.Contains("there is no gpiochip", fault.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_another_holds_is_left_to_it_and_its_name_said()
    {
        _line.Consumer = "w1";

        var fault = Refusal(Input);

        Assert.Equal(ReadFaultKind.BusError, fault.Kind);
        Assert.Equal("gpiochip0 [pinctrl-test] line 3: \"w1\" holds it; a line has one user", fault.Why);
        _line.Consumer = null;
        Opened(Input).Dispose();
    }

    [Fact]
    public void What_the_chip_cannot_do_is_refused()
    {
        _kernel.HasBias = false;

        Assert.Equal(ReadFaultKind.Refused, Refusal(Input with { Bias = GpioBias.PullUp }).Kind);
        Opened(Input).Dispose();
    }

    [Fact]
    public void Bias_and_debounce_are_asked_of_the_kernel()
    {
        using var line = Opened(Input with { Bias = GpioBias.PullUp, Debounce = TimeSpan.FromMilliseconds(5), Edges = GpioEdge.Rising });

        Assert.True(_line.IsPulledUp);
        Assert.Equal((5000, 1024), (_line.DebounceMicroseconds, _line.EventBuffer));
    }

    [Fact]
    public void Edges_have_the_kernels_times_and_those_without_room_are_counted()
    {
        using var line = Opened(Input with { Edges = GpioEdge.Rising });
        for (var i = 1; i <= 500; i++)
        {
            _line.Set(high: true, TimeSpan.FromMilliseconds(i), kept: i > 300);
            _line.Set(high: false, TimeSpan.FromMilliseconds(i));
        }

        var edges = Edges(line);

        Assert.Equal((500, 199), (edges.Count, edges.Between));
        Assert.Equal((301, 500), (edges.FirstAt.TotalMilliseconds, edges.LastAt.TotalMilliseconds));
    }

    [Fact]
    public void A_chip_that_is_pulled_out_is_absent()
    {
        using var line = Opened(Input);
        _line.IsGone = true;

        Assert.Equal(ReadFaultKind.Absent, line.Read(out _)!.Kind);
    }

    [Fact]
    public void A_file_that_is_no_chip_is_told_as_such()
    {
        var lines = new GpioKernelLines("/dev", EdgeAgent.Sensors.Hardware.Linux.Libc.Control);

        Assert.Equal(ReadFaultKind.BusError, lines.Open(Input with { Chip = "/dev/null" }, out _)!.Kind);
    }

    public void Dispose() => _kernel.Dispose();

    private protected override ReadFault? Open(GpioLineRequest request, out IGpioLine? line) => new GpioKernelLines(_kernel.Devices, _kernel.Control).Open(request, out line);

    private protected override void Set(bool high) => _line.Set(high, _now += TimeSpan.FromMilliseconds(1));

    private ReadFault Refusal(GpioLineRequest request)
    {
        var fault = Open(request, out var line);
        Assert.Null(line);
        return fault!;
    }
}
