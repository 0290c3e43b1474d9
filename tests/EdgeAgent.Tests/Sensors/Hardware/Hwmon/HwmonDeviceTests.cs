using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Hwmon;

namespace EdgeAgent.Tests.Sensors.Hardware.Hwmon;

/// <summary>On a tree of files as the kernel's sysfs has it.</summary>
public sealed class HwmonDeviceTests : IDisposable
{
    private readonly TemporaryFolder _sysfs = new();

    public HwmonDeviceTests()
    {
        _sysfs.Write("class/hwmon/hwmon0/name", "cpu_thermal\n");
        _sysfs.Write("class/hwmon/hwmon1/name", "lm75\n");
        _sysfs.Write("class/hwmon/hwmon1/temp1_input", "23500\n");
        _sysfs.Write("class/hwmon/hwmon1/in2_input", "-3300\n");
    }

    [Fact]
    public void A_chip_is_found_by_its_name_and_read_in_engineering_units()
    {
        using var device = Device();

        Assert.Null(device.Open());
        Assert.Equal([23.5, -3.3], Read(device));
    }

    [Fact]
    public void A_chip_is_found_by_the_folder_of_its_bus_device()
    {
        var bus = Path.Combine(_sysfs.Path, "bus/i2c/devices/1-0048");
        _sysfs.Write("bus/i2c/devices/1-0048/hwmon/hwmon7/temp1_input", "-1000\n");
        using var device = new HwmonDevice(Options("temp1_input") with { Chip = null, Path = bus }, _sysfs.Path);

        Assert.Null(device.Open());
        Assert.Equal([-1], Read(device));
    }

    [Fact]
    public void A_chip_that_is_not_there_is_absent_and_the_others_are_named()
    {
        using var device = new HwmonDevice(Options("temp1_input") with { Chip = "tmp102" }, _sysfs.Path);

        var fault = device.Open()!;

        Assert.Equal(ReadFaultKind.Absent, fault.Kind);
        Assert.EndsWith("nothing there is called tmp102, only cpu_thermal, lm75", fault.Why);
    }

    [Fact]
    public void Of_two_chips_of_one_name_none_is_guessed()
    {
        _sysfs.Write("class/hwmon/hwmon2/name", "lm75\n");
        using var device = Device();

        Assert.Equal(ReadFaultKind.WrongId, device.Open()!.Kind);
    }

    [Fact]
    public void A_chip_that_goes_away_is_absent_and_is_found_again_under_its_new_number()
    {
        using var device = Device();
        Assert.Null(device.Open());
        Directory.Move(Path.Combine(_sysfs.Path, "class/hwmon/hwmon1"), Path.Combine(_sysfs.Path, "gone"));

        Assert.Equal(ReadFaultKind.Absent, device.Read(new double[2])!.Kind);
        Assert.Equal(ReadFaultKind.Absent, device.Open()!.Kind);

        Directory.Move(Path.Combine(_sysfs.Path, "gone"), Path.Combine(_sysfs.Path, "class/hwmon/hwmon4"));
        Assert.Null(device.Open());
        Assert.Equal([23.5, -3.3], Read(device));
    }

    [Theory]
    [InlineData("", "short-read")]
    [InlineData("N/A\n", "bad-data")]
    [InlineData("NaN\n", "bad-data")]
    public void What_is_no_number_is_a_fault(string text, string fault)
    {
        _sysfs.Write("class/hwmon/hwmon1/in2_input", text);
        using var device = Device();
        Assert.Null(device.Open());

        Assert.Equal(fault, device.Read(new double[2])!.Name);
    }

    public void Dispose() => _sysfs.Dispose();

    private HwmonDevice Device() => new(Options("temp1_input", "in2_input"), _sysfs.Path);

    private static HwmonSensorOptions Options(params string[] attributes) => new()
    {
        Name = "housing",
        Chip = "lm75",
        Readings = [.. attributes.Select(attribute => new HwmonReadingOptions { Channel = attribute, Attribute = attribute })],
    };

    private static double[] Read(HwmonDevice device)
    {
        var values = new double[2];
        Assert.Null(device.Read(values));
        return values[..(values[1] == 0 ? 1 : 2)];
    }
}
