using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Iio;

/// <summary>What makes a value of a channel's raw number, as the kernel's interface says: (raw + offset) × scale, here in engineering units.</summary>
internal readonly record struct IioScale(double Offset, double Scale)
{
    public double Of(double raw) => (raw + Offset) * Scale;

    /// <summary>Reads the driver's offset and scale of a channel; 0 and 1 where it has none.</summary>
    public static ReadFault? Read(string folder, string channel, out IioScale made)
    {
        var (offset, scale) = (0.0, 1.0);
        var fault = Setting(folder, channel, "_offset", ref offset) ?? Setting(folder, channel, "_scale", ref scale);
        made = new IioScale(offset, scale / IioQuantity.Of(channel).Per);
        return fault;
    }

    /// <param name="value">Stays as it is where the driver has no such file.</param>
    private static ReadFault? Setting(string folder, string channel, string suffix, ref double value)
    {
        var file = IioQuantity.NamesOf(channel).Select(name => Path.Combine(folder, name + suffix)).FirstOrDefault(File.Exists);
        return file is null ? null : SysfsFile.ReadNumber(file, out value);
    }
}
