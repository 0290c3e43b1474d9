using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Iio;

/// <summary>
/// A device behind a kernel driver of the IIO class, asked value by value: (raw + offset) × scale as the kernel's interface says, or what
/// the driver has computed itself. Scale and offset are read when it is opened.
/// </summary>
internal sealed class IioPolledDevice(IioSensorOptions options, string sysfs) : ISensorDevice
{
    private readonly (string File, IioScale Scale)[] _channels = new (string, IioScale)[options.Readings.Count];

    public ReadFault? Open()
    {
        var fault = SysfsFolder.Find(options.Path, options.Device, Path.Combine(sysfs, "bus", "iio", "devices"), "", "iio:device", out var folder);
        for (var i = 0; i < _channels.Length && fault is null; i++)
        {
            fault = Prepare(folder, options.Readings[i].Attribute, out _channels[i]);
        }

        return fault;
    }

    public ReadFault? Read(Span<double> values)
    {
        for (var i = 0; i < _channels.Length; i++)
        {
            var (file, scale) = _channels[i];
            if (SysfsFile.ReadNumber(file, out var raw) is { } fault)
            {
                return fault;
            }

            values[i] = scale.Of(raw);
        }

        return null;
    }

    public void Dispose()
    {
        // Files are opened for each reading: one that is kept open would outlive its device.
    }

    private static ReadFault? Prepare(string folder, string channel, out (string File, IioScale Scale) made)
    {
        var computed = Path.Combine(folder, channel + "_input");
        if (File.Exists(computed))
        {
            made = (computed, new IioScale(0, 1 / IioQuantity.Of(channel).Per));
            return null;
        }

        var fault = IioScale.Read(folder, channel, out var scale);
        made = (Path.Combine(folder, channel + "_raw"), scale);
        return fault;
    }
}
