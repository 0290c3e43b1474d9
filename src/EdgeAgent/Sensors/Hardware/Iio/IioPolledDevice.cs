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
    private readonly (string File, double Offset, double Scale)[] _channels = new (string, double, double)[options.Readings.Count];

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
            var (file, offset, scale) = _channels[i];
            if (SysfsFile.ReadNumber(file, out var raw) is { } fault)
            {
                return fault;
            }

            values[i] = (raw + offset) * scale;
        }

        return null;
    }

    public void Dispose()
    {
        // Files are opened for each reading: one that is kept open would outlive its device.
    }

    private static ReadFault? Prepare(string folder, string channel, out (string File, double Offset, double Scale) made)
    {
        var per = IioQuantity.Of(channel).Per;
        var computed = Path.Combine(folder, channel + "_input");
        made = (computed, 0, 1 / per);
        if (File.Exists(computed))
        {
            return null;
        }

        var (offset, scale) = (0.0, 1.0);
        var fault = Setting(folder, channel, "_offset", ref offset) ?? Setting(folder, channel, "_scale", ref scale);
        made = (Path.Combine(folder, channel + "_raw"), offset, scale / per);
        return fault;
    }

    /// <param name="value">Stays as it is where the driver has no such file.</param>
    private static ReadFault? Setting(string folder, string channel, string suffix, ref double value)
    {
        var file = IioQuantity.NamesOf(channel).Select(name => Path.Combine(folder, name + suffix)).FirstOrDefault(File.Exists);
        return file is null ? null : SysfsFile.ReadNumber(file, out value);
    }
}
