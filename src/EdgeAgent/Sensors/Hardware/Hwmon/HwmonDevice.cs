using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Hwmon;

/// <summary>A chip behind a kernel driver of the hwmon class: one text file per value.</summary>
internal sealed class HwmonDevice(HwmonSensorOptions options, string sysfs) : ISensorDevice
{
    private readonly (string File, double Per)[] _files = new (string, double)[options.Readings.Count];

    public ReadFault? Open()
    {
        if (SysfsFolder.Find(options.Path, options.Chip, Path.Combine(sysfs, "class", "hwmon"), "hwmon", "hwmon", out var folder) is { } fault)
        {
            return fault;
        }

        for (var i = 0; i < _files.Length; i++)
        {
            var attribute = options.Readings[i].Attribute;
            _files[i] = (Path.Combine(folder, attribute), HwmonQuantity.Of(attribute).Per);
        }

        return null;
    }

    public ReadFault? Read(Span<double> values)
    {
        for (var i = 0; i < _files.Length; i++)
        {
            if (SysfsFile.ReadNumber(_files[i].File, out values[i]) is { } fault)
            {
                return fault;
            }

            values[i] /= _files[i].Per;
        }

        return null;
    }

    public void Dispose()
    {
        // Files are opened for each reading: one that is kept open would outlive its device.
    }
}
