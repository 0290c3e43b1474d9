using System.Text.RegularExpressions;

namespace EdgeAgent.Core.Sampling;

/// <summary>
/// What an IIO channel counts in after its scale (the kernel's Documentation/ABI/testing/sysfs-bus-iio), and where its scale is found.
/// </summary>
/// <param name="Unit">The engineering unit.</param>
/// <param name="Per">How many of the kernel's units make one of that.</param>
public sealed partial record IioQuantity(string Unit, double Per)
{
    /// <summary>A regular expression of the channels that are known: type, number or pair of numbers, modifier.</summary>
    public const string ChannelPattern =
        "^in_(voltage|current|power|temp|resistance|accel|anglvel|magn|humidityrelative|pressure|angl|distance)([0-9]{1,3}(-voltage[0-9]{1,3})?)?(_(?!raw$|input$|scale$|offset$)[a-z0-9]{1,32})?$";

    /// <param name="channel">One that fits <see cref="ChannelPattern"/>.</param>
    public static IioQuantity Of(string channel) => TypeOf(channel) switch
    {
        "voltage" => new("V", 1e3),
        "current" => new("A", 1e3),
        "power" => new("W", 1e3),
        "temp" => new("°C", 1e3),
        "resistance" => new("Ω", 1),
        "accel" => new("m/s²", 1),
        "anglvel" => new("rad/s", 1),
        "magn" => new("Gauss", 1),
        "humidityrelative" => new("%", 1e3),
        "pressure" => new("kPa", 1),
        "angl" => new("rad", 1),
        "distance" => new("m", 1),
        _ => throw new ArgumentException($"\"{channel}\" is no known IIO channel", nameof(channel)),
    };

    /// <summary>Under which names a value of the channel, such as its scale, may stand: its own first, then those that it shares with others.</summary>
    /// <example>in_accel_x: in_accel_x, in_accel. in_voltage0-voltage1: in_voltage0-voltage1, in_voltage-voltage, in_voltage.</example>
    public static IReadOnlyList<string> NamesOf(string channel)
    {
        var parts = Parts().Match(channel);
        var (type, numbers, modifier) = (parts.Groups["type"].Value, parts.Groups["numbers"].Value, parts.Groups["modifier"].Value);
        var pair = numbers.Contains('-', StringComparison.Ordinal) ? $"in_{type}-{type}" : $"in_{type}";
        return [.. new[] { channel, $"in_{type}{modifier}", $"in_{type}{numbers}", pair, $"in_{type}" }.Distinct()];
    }

    private static string TypeOf(string channel) => Parts().Match(channel).Groups["type"].Value;

    [GeneratedRegex("^in_(?<type>[a-z]+)(?<numbers>[0-9]+(?:-[a-z]+[0-9]+)?)?(?<modifier>_[a-z0-9]+)?$")]
    private static partial Regex Parts();
}
