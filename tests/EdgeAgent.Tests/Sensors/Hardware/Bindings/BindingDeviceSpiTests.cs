using System.Device.Spi;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Bindings;

namespace EdgeAgent.Tests.Sensors.Hardware.Bindings;

/// <summary>The real package on chips in memory, behind its own SPI device. What is expected are the data sheets' own numbers.</summary>
public sealed class BindingDeviceSpiTests
{
    private readonly List<FakeSpiDevice> _opened = [];
    private Func<byte[], byte[]> _exchange = told => new byte[told.Length];

    [Fact]
    public void An_adxl345_gives_three_axes_in_g()
    {
        var chip = new FakeSpiChip(readsWith: true, mask: 0x3F);
        chip.Set(0x00, 0xE5);
        chip.Set(0x32, 0x20, 0x00, 0xE0, 0xFF, 0x10, 0x00);
        _exchange = chip.Exchange;
        using var device = Device(Options(BindingChip.Adxl345, "x", "y", "z"));

        Assert.Null(device.Open());
        Assert.Equal([1, -1, 0.5], Read(device, 3));

        // The range of 16 g, and measuring.
        Assert.Equal((0x03, 0x08), (chip.Get(0x31), chip.Get(0x2D)));
    }

    [Fact]
    public void Without_an_adxl345_on_the_bus_nothing_is_read()
    {
        using var device = Device(Options(BindingChip.Adxl345, "x"));

        var fault = device.Open()!;

        Assert.Equal(ReadFaultKind.WrongId, fault.Kind);
        Assert.Equal("/dev/spidev0.1: says 0x00 in register 0x00, and an ADXL345 says 0xe5", fault.Why);
        Assert.True(Assert.Single(_opened).IsClosed);
    }

    [Theory]
    [InlineData(0x4000, 0)]
    [InlineData(0x58A4, 100)]
    [InlineData(0x3366, -50)]
    public void A_max31865_gives_the_temperatures_of_its_data_sheet(int register, double celsius)
    {
        _exchange = Max31865(register, faults: 0).Exchange;
        using var device = Device(Options(BindingChip.Max31865, "temperature") with { ReferenceOhms = 400 });

        Assert.Null(device.Open());
        Assert.Equal(celsius, Read(device, 1)[0], 0.1);
    }

    [Fact]
    public void A_broken_wire_at_a_max31865_is_no_temperature()
    {
        _exchange = Max31865(0xFFFE, faults: 0x80).Exchange;
        using var device = Device(Options(BindingChip.Max31865, "temperature"));

        Assert.Null(device.Open());
        Assert.Equal(ReadFaultKind.BadData, device.Read(new double[1])!.Kind);
    }

    [Fact]
    public void An_mcp3008_measures_the_inputs_that_are_asked_for_against_its_reference()
    {
        // Start bit, single-ended and the input's number; then ten bits: here 128 steps per input.
        _exchange = told =>
        {
            Assert.Equal((0x01, 0x80), (told[0], told[1] & 0x8F));
            var steps = 128 * (told[1] >> 4 & 7);
            return [0, (byte)(steps >> 8), (byte)steps];
        };
        using var device = Device(Options(BindingChip.Mcp3008, "voltage0", "voltage4", "voltage7") with { ReferenceVolts = 5 });

        Assert.Null(device.Open());
        Assert.Equal([0, 2.5, 4.375], Read(device, 3));
    }

    [Fact]
    public void An_answer_that_no_mcp3008_gives_is_bad_data()
    {
        _exchange = told => [0xFF, 0xFF, 0xFF];
        using var device = Device(Options(BindingChip.Mcp3008, "voltage0"));

        Assert.Null(device.Open());
        Assert.Equal(ReadFaultKind.BadData, device.Read(new double[1])!.Kind);
    }

    [Fact]
    public void A_bus_that_is_not_there_is_absent_by_the_packages_own_words()
    {
        using var device = new BindingDevice(Options(BindingChip.Mcp3008, "voltage0"), NoBus, SpiDevice.Create);

        // The package opens it with the first transfer.
        Assert.Equal(ReadFaultKind.Absent, (device.Open() ?? device.Read(new double[1]))!.Kind);
    }

    private static FakeSpiChip Max31865(int register, byte faults)
    {
        var chip = new FakeSpiChip(readsWith: false, mask: 0x7F);
        chip.Set(0x01, (byte)(register >> 8), (byte)register);
        chip.Set(0x07, faults);
        return chip;
    }

    private static ReadFault? NoBus(int number, out EdgeAgent.Sensors.Hardware.I2c.II2cBus? bus) => throw new InvalidOperationException("it is on SPI");

    private static BindingSensorOptions Options(BindingChip chip, params string[] values) => new()
    {
        Name = "chip",
        Chip = chip,
        Bus = 0,
        Select = 1,
        Readings = [.. values.Select(value => new BindingReadingOptions { Channel = value, Value = value })],
    };

    private BindingDevice Device(BindingSensorOptions options) => new(options, NoBus, settings =>
    {
        var device = new FakeSpiDevice(settings, told => _exchange(told));
        _opened.Add(device);
        return device;
    });

    private static double[] Read(BindingDevice device, int count)
    {
        var values = new double[count];
        Assert.Null(device.Read(values));
        return values;
    }
}
