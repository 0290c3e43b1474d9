using System.Buffers.Binary;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Bindings;
using EdgeAgent.Tests.Sensors.Hardware.I2c;

namespace EdgeAgent.Tests.Sensors.Hardware.Bindings;

/// <summary>The real package on chips in memory, behind the agent's own bus. What is expected are the data sheets' own examples.</summary>
public sealed class BindingDeviceI2cTests : IDisposable
{
    private readonly FakeI2cBus _bus = new();

    [Fact]
    public void A_bme280_is_read_as_its_data_sheet_computes()
    {
        _bus.Chips[0x76] = Bme280();
        using var device = Device(BindingChip.Bme280, "temperature", "pressure", "humidity");

        Assert.Null(device.Open());
        var values = Read(device, 3);

        Assert.Equal(25.08, values[0], 0.005);
        Assert.Equal(100.65327, values[1], 0.0005);
        Assert.Equal(50, values[2], 0.01);
    }

    [Fact]
    public void Another_chip_than_a_bme280_is_told_as_such()
    {
        var chip = Bme280();
        chip.Set(0xD0, 0x58);
        _bus.Chips[0x76] = chip;
        using var device = Device(BindingChip.Bme280, "temperature");

        var fault = device.Open()!;

        Assert.Equal(ReadFaultKind.WrongId, fault.Kind);
        Assert.EndsWith("Found one with id 88", fault.Why);
    }

    [Theory]
    [InlineData(0x07D0, 10, 119.8)]
    [InlineData(0xF830, -10, -119.8)]
    [InlineData(0x8300, -160, -1916.8)]
    public void An_ina219_is_read_with_its_sign(int shunt, double amperes, double watts)
    {
        var chip = new FakeI2cChip(width: 2);
        chip.Set(0x01, (byte)(shunt >> 8), (byte)shunt);
        chip.Set(0x02, 0x5D, 0x98);
        _bus.Chips[0x40] = chip;
        using var device = Device(Options(BindingChip.Ina219, "voltage", "current", "power") with { ShuntOhms = 0.002 });

        Assert.Null(device.Open());
        var values = Read(device, 3);

        Assert.Equal(11.98, values[0], 1e-9);
        Assert.Equal(amperes, values[1], 1e-9);
        Assert.Equal(watts, values[2], 1e-6);
    }

    [Fact]
    public void An_ads1115_measures_the_input_that_is_asked_for()
    {
        var chip = new FakeI2cChip(width: 2);

        // What is converted is the input that the configuration names: a quarter of the range for AIN1, a half for AIN3.
        chip.BeforeRead = each => each.Set(0x00, (each.Get(0x01)[0] >> 4 & 7) switch { 5 => [0x20, 0x00], 7 => [0x40, 0x00], _ => [0x00, 0x00] });
        _bus.Chips[0x48] = chip;
        using var device = Device(BindingChip.Ads1115, "voltage1", "voltage3", "voltage0");

        Assert.Null(device.Open());
        Assert.Equal([1.024, 2.048, 0], Read(device, 3));
    }

    [Theory]
    [InlineData(BindingChip.Bme280, "temperature")]
    [InlineData(BindingChip.Ads1115, "voltage0")]
    [InlineData(BindingChip.Ina219, "voltage")]
    public void A_chip_that_is_unplugged_gives_no_answer_and_is_set_up_again_when_it_is_back(object which, string value)
    {
        var (chip, address) = which switch
        {
            BindingChip.Bme280 => (Bme280(), (byte)0x76),
            BindingChip.Ads1115 => (new FakeI2cChip(width: 2), (byte)0x48),
            _ => (new FakeI2cChip(width: 2), (byte)0x40),
        };
        using var device = Device((BindingChip)which, value);
        Assert.Equal(ReadFaultKind.NoAnswer, device.Open()!.Kind);

        _bus.Chips[address] = chip;
        Assert.Null(device.Open());
        Read(device, 1);
        _bus.Chips.Remove(address);
        Assert.Equal(ReadFaultKind.NoAnswer, device.Read(new double[1])!.Kind);
        Assert.Equal(ReadFaultKind.NoAnswer, device.Open()!.Kind);
        _bus.Chips[address] = chip;
        Assert.Null(device.Open());
        Read(device, 1);
    }

    public void Dispose() => _bus.Dispose();

    /// <summary>The example of the data sheet of BMP280 (section 3.12), whose formulas a BME280 has too; and half of the humidity's range.</summary>
    private static FakeI2cChip Bme280()
    {
        var chip = new FakeI2cChip();
        var calibration = new byte[24];
        short[] numbers = [27504, 26435, -1000, unchecked((short)36477), -10685, 3024, 2855, 140, -7, 15500, -14600, 6000];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(calibration.AsSpan(2 * i), numbers[i]);
        }

        chip.Set(0xD0, 0x60);
        chip.Set(0x88, calibration);
        chip.Set(0xE1, 0x00, 0x01);
        chip.Set(0xF7, 0x65, 0x5A, 0xC0, 0x7E, 0xED, 0x00, 0x32, 0x00);
        return chip;
    }

    private static BindingSensorOptions Options(BindingChip chip, params string[] values) => new()
    {
        Name = "chip",
        Chip = chip,
        Bus = 1,
        Readings = [.. values.Select(value => new BindingReadingOptions { Channel = value, Value = value })],
    };

    private BindingDevice Device(BindingChip chip, params string[] values) => Device(Options(chip, values));

    private BindingDevice Device(BindingSensorOptions options) => new(options, _bus.Open, _ => throw new InvalidOperationException("it is on I2C"));

    private static double[] Read(BindingDevice device, int count)
    {
        var values = new double[count];
        Assert.Null(device.Read(values));
        return values;
    }
}
