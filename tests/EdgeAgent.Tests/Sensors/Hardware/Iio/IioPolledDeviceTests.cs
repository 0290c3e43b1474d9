using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Iio;

namespace EdgeAgent.Tests.Sensors.Hardware.Iio;

/// <summary>On a tree of files as the kernel's sysfs has it.</summary>
public sealed class IioPolledDeviceTests : IDisposable
{
    private const string Ina226 = "bus/iio/devices/iio:device1/";
    private readonly TemporaryFolder _sysfs = new();

    public IioPolledDeviceTests()
    {
        _sysfs.Write("bus/iio/devices/iio:device0/name", "bme280\n");
        _sysfs.Write("bus/iio/devices/trigger0/name", "ina226\n");
        _sysfs.Write(Ina226 + "name", "ina226\n");
        _sysfs.Write(Ina226 + "in_voltage1_raw", "9600\n");
        _sysfs.Write(Ina226 + "in_voltage1_scale", "1.250000000\n");
        _sysfs.Write(Ina226 + "in_accel_x_raw", "-128\n");
        _sysfs.Write(Ina226 + "in_accel_scale", "0.0383\n");
        _sysfs.Write(Ina226 + "in_temp_raw", "100\n");
        _sysfs.Write(Ina226 + "in_temp_scale", "500\n");
        _sysfs.Write(Ina226 + "in_temp_offset", "-50\n");
        _sysfs.Write(Ina226 + "in_humidityrelative_input", "45500\n");
    }

    [Theory]
    [InlineData("in_voltage1", 12)]
    [InlineData("in_accel_x", -4.9024)]
    [InlineData("in_temp", 25)]
    [InlineData("in_humidityrelative", 45.5)]
    public void A_value_is_raw_and_offset_times_scale_or_what_the_driver_computed(string channel, double expected)
    {
        using var device = Device(channel);
        var values = new double[1];

        Assert.Null(device.Open());
        Assert.Null(device.Read(values));
        Assert.Equal(expected, values[0], 12);
    }

    [Fact]
    public void A_device_is_found_by_the_folder_of_its_bus_device()
    {
        _sysfs.Write("bus/i2c/devices/1-0040/iio:device3/in_voltage0_raw", "7\n");
        using var device = new IioPolledDevice(Options("in_voltage0") with { Device = null, Path = Path.Combine(_sysfs.Path, "bus/i2c/devices/1-0040") }, _sysfs.Path);
        var values = new double[1];

        Assert.Null(device.Open());
        Assert.Null(device.Read(values));
        Assert.Equal(0.007, values[0]);
    }

    [Fact]
    public void A_device_that_goes_away_is_absent_and_its_scale_is_read_anew_when_it_is_back()
    {
        using var device = Device("in_voltage1");
        Assert.Null(device.Open());
        var folder = Path.Combine(_sysfs.Path, Ina226.TrimEnd('/'));
        Directory.Move(folder, folder + "-gone");
        Assert.Equal(ReadFaultKind.Absent, device.Read(new double[1])!.Kind);

        Directory.Move(folder + "-gone", Path.Combine(_sysfs.Path, "bus/iio/devices/iio:device5"));
        _sysfs.Write("bus/iio/devices/iio:device5/in_voltage1_scale", "2.5\n");
        var values = new double[1];
        Assert.Null(device.Open());
        Assert.Null(device.Read(values));
        Assert.Equal(24, values[0]);
    }

    [Fact]
    public void A_scale_that_is_no_number_is_a_fault()
    {
        _sysfs.Write(Ina226 + "in_voltage1_scale", "one\n");
        using var device = Device("in_voltage1");

        Assert.Equal(ReadFaultKind.BadData, device.Open()!.Kind);
    }

    public void Dispose() => _sysfs.Dispose();

    private IioPolledDevice Device(string channel) => new(Options(channel), _sysfs.Path);

    private static IioSensorOptions Options(string channel) => new()
    {
        Name = "iio",
        Device = "ina226",
        Readings = [new IioReadingOptions { Channel = channel, Attribute = channel }],
    };
}
