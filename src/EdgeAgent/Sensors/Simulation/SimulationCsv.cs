using System.Globalization;
using EdgeAgent.Configuration;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>
/// Writes a simulated recording: <c>datetime;one column per channel;fault</c>, where fault names what is wrong in that row
/// and is empty when all is well. `replay` reads it with the same config.
/// </summary>
internal sealed class SimulationCsv(TextWriter text)
{
    private const char Delimiter = ';';

    // A recording of nothing real needs no real date; a fixed one makes the same command write the same bytes.
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void WriteHeader(IReadOnlyList<ChannelOptions> channels) => text.WriteLine(string.Join(
        Delimiter, ["datetime", .. channels.Select(channel => Quoted(channel.Column ?? channel.Name)), "fault"]));

    public void Write(double seconds, float[] values, string label)
    {
        text.Write((Start + TimeSpan.FromSeconds(seconds)).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
        foreach (var value in values)
        {
            text.Write(Delimiter);
            text.Write(float.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture));
        }

        text.Write(Delimiter);
        text.WriteLine(Quoted(label));
    }

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(Delimiter, '"', '\n') >= 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
