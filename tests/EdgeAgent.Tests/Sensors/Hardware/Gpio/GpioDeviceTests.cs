using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Gpio;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Tests.Sensors.Hardware.Gpio;

public sealed class GpioDeviceTests : IDisposable
{
    private readonly FakeGpioKernel _kernel = new();
    private readonly FakeGpioLine _line;

    public GpioDeviceTests() => _line = _kernel.Add("gpiochip0", "pinctrl-test", "GPIO17").Lines[0];

    [Fact]
    public void A_contact_is_one_while_it_is_active()
    {
        using var device = Device(new GpioReadingOptions { Channel = "x", Measure = GpioMeasure.Level });
        Assert.Null(device.Open());

        Assert.Equal([0], Read(device, 1));
        _line.Set(high: true, TimeSpan.Zero);
        Assert.Equal([1], Read(device, 1));
        Assert.Equal(0, _line.EventBuffer);
    }

    [Fact]
    public void Pulses_become_counts_a_frequency_and_turns_per_minute()
    {
        using var device = Device(
            new GpioReadingOptions { Channel = "a", Measure = GpioMeasure.Edges },
            new GpioReadingOptions { Channel = "b", Measure = GpioMeasure.Frequency },
            new GpioReadingOptions { Channel = "c", Measure = GpioMeasure.Rpm, PulsesPerTurn = 4 });
        Assert.Null(device.Open());
        Assert.Equal([double.NaN, double.NaN, double.NaN], Read(device, 3));

        var now = Libc.MonotonicNow();
        for (var i = 10; i >= 0; i--)
        {
            _line.Set(high: true, now - TimeSpan.FromMilliseconds(10 * i));
            _line.Set(high: false, now);
        }

        var values = Read(device, 3);

        // 100 Hz; less if the test itself was held up, for then a pulse is late.
        Assert.Equal(11, values[0]);
        Assert.InRange(values[1], double.Epsilon, 100);
        Assert.Equal(values[1] * 15, values[2], 1e-9);
    }

    [Fact]
    public void A_line_is_let_go_and_taken_anew_when_it_is_opened_again()
    {
        using var device = Device(new GpioReadingOptions { Channel = "x", Measure = GpioMeasure.Level });
        Assert.Null(device.Open());
        _line.IsGone = true;
        Assert.Equal(ReadFaultKind.Absent, device.Read(new double[1])!.Kind);
        _line.IsGone = false;

        Assert.Null(device.Open());
        Assert.Equal([0], Read(device, 1));
        device.Dispose();
        Assert.False(_line.IsTaken);
    }

    public void Dispose() => _kernel.Dispose();

    private GpioDevice Device(params GpioReadingOptions[] readings) =>
        new(new GpioSensorOptions { Name = "line", Line = "GPIO17", Readings = readings }, new GpioKernelLines(_kernel.Devices, _kernel.Control).Open);

    private static double[] Read(GpioDevice device, int count)
    {
        var values = new double[count];
        Assert.Null(device.Read(values));
        return values;
    }
}
