using System.Device.Gpio;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Gpio;
using EdgeAgent.Sensors.Hardware.SystemDevice;
using EdgeAgent.Tests.Sensors.Hardware.Gpio;

namespace EdgeAgent.Tests.Sensors.Hardware.SystemDevice;

/// <summary>The lines through System.Device.Gpio.</summary>
public sealed class SystemDeviceGpioLinesTests : GpioLineContract, IDisposable
{
    private readonly FakeGpioDriver _driver = new(4);
    private readonly List<GpioChipInfo> _chips = [new(0, "gpiochip0", "pinctrl-test", 4)];

    private protected override bool IsHigh => _driver.IsHigh(3);

    [Theory]
    [InlineData("gpiochip0")]
    [InlineData("/dev/gpiochip0")]
    public void A_chip_is_named_by_its_name_or_its_path(string chip)
    {
        using var line = Opened(Input with { Chip = chip, Bias = GpioBias.PullUp });

        Assert.Equal(PinMode.InputPullUp, _driver.ModeOf(3));
    }

    [Fact]
    public void What_the_package_lacks_is_refused_with_what_to_do()
    {
        Assert.Equal(
            "/dev/gpiochip*: System.Device.Gpio finds no line by its name, only by chip and offset; source.adapter kernel does",
            Refusal(new GpioLineRequest(null, "GPIO17", null)).Why);
        Assert.Equal(ReadFaultKind.Refused, Refusal(Input with { Debounce = TimeSpan.FromMilliseconds(1) }).Kind);
        Assert.Equal(ReadFaultKind.Refused, Refusal(Input with { Bias = GpioBias.None }).Kind);
    }

    [Fact]
    public void Two_chips_of_one_label_are_a_question()
    {
        _chips.Add(new GpioChipInfo(1, "gpiochip1", "pinctrl-test", 4));

        Assert.Equal(ReadFaultKind.WrongId, Refusal(Input).Kind);
    }

    [Fact]
    public void Without_its_library_it_says_so()
    {
        var lines = new SystemDeviceGpioLines(() => throw new DllNotFoundException("Unable to load shared library 'libgpiod.so.3'"), _ => _driver);

        var fault = lines.Open(Input, out _)!;

        Assert.Equal(ReadFaultKind.Refused, fault.Kind);
        Assert.Contains("libgpiod", fault.Why, StringComparison.Ordinal);
    }

    public void Dispose() => _driver.Dispose();

    private protected override ReadFault? Open(GpioLineRequest request, out IGpioLine? line) => new SystemDeviceGpioLines(() => _chips, _ => _driver).Open(request, out line);

    private protected override void Set(bool high) => _driver.Set(3, high);

    private ReadFault Refusal(GpioLineRequest request)
    {
        var fault = Open(request, out var line);
        Assert.Null(line);
        return fault!;
    }
}
