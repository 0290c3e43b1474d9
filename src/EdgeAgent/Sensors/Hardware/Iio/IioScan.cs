using System.Globalization;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Iio;

/// <summary>How the readings of a sensor are got out of one sample of its buffer. Immutable.</summary>
internal sealed class IioScan
{
    private const string Timestamp = "in_timestamp";
    private readonly (ScanElement Element, int Offset, IioScale Scale)[] _readings;
    private readonly (ScanElement Element, int Offset)? _stamp;

    private IioScan(int bytes, (ScanElement, int, IioScale)[] readings, (ScanElement, int)? stamp)
    {
        Bytes = bytes;
        _readings = readings;
        _stamp = stamp;
    }

    /// <summary>Size of a sample.</summary>
    public int Bytes { get; }

    public bool HasStamps => _stamp is not null;

    /// <summary>Reads what the driver says of its samples; the channels that are switched on must not change any more.</summary>
    /// <param name="folder">The device's folder.</param>
    /// <param name="channels">The channels of the readings, in their order.</param>
    public static ReadFault? Read(string folder, IReadOnlyList<string> channels, out IioScan? scan)
    {
        scan = null;
        if (Enabled(Path.Combine(folder, "scan_elements"), out var enabled) is { } fault)
        {
            return fault;
        }

        var layout = new ScanLayout(enabled);
        var readings = new (ScanElement, int, IioScale)[channels.Count];
        for (var i = 0; i < readings.Length; i++)
        {
            if (layout.Find(channels[i]) is not ({ Repeat: 1 } element, var offset))
            {
                return new ReadFault(ReadFaultKind.BadData, $"{folder}: {channels[i]} is not one number of its samples");
            }

            if (IioScale.Read(folder, channels[i], out var scale) is { } unreadable)
            {
                return unreadable;
            }

            readings[i] = (element, offset, scale);
        }

        scan = new IioScan(layout.Bytes, readings, layout.Find(Timestamp));
        return null;
    }

    /// <param name="sample">As many bytes as a sample has.</param>
    /// <param name="values">One per reading, in engineering units.</param>
    public void Decode(ReadOnlySpan<byte> sample, Span<double> values)
    {
        for (var i = 0; i < _readings.Length; i++)
        {
            ref readonly var reading = ref _readings[i];
            values[i] = reading.Scale.Of(reading.Element.Decode(sample[reading.Offset..]));
        }
    }

    /// <summary>The driver's time stamp, in nanoseconds of its clock; only where it has them.</summary>
    public long Stamp(ReadOnlySpan<byte> sample) => _stamp!.Value.Element.Decode(sample[_stamp.Value.Offset..]);

    private static ReadFault? Enabled(string folder, out List<(string Channel, int Index, ScanElement Element)> enabled)
    {
        const string Switch = "_en";
        enabled = [];
        foreach (var file in SysfsFolder.Files(folder, "*" + Switch))
        {
            var fault = SysfsFile.Read(file, out var on);
            if (fault is null && on == "1")
            {
                fault = One(file[..^Switch.Length], enabled);
            }

            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    /// <param name="place">The path that the names of the channel's files begin with.</param>
    private static ReadFault? One(string place, List<(string Channel, int Index, ScanElement Element)> enabled)
    {
        var type = "";
        if ((SysfsFile.Read(place + "_index", out var index) ?? SysfsFile.Read(place + "_type", out type)) is { } fault)
        {
            return fault;
        }

        if (!ScanElement.TryParse(type, out var element) || !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new ReadFault(ReadFaultKind.BadData, $"{place}_type: found \"{type}\" at index \"{index}\", allowed: a type such as le:s16/16>>0 at an index from 0");
        }

        enabled.Add((Path.GetFileName(place), number, element));
        return null;
    }
}
