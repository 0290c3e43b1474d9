using System.Globalization;
using EdgeAgent.Configuration;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>
/// Writes a simulated recording: <c>datetime;one column per channel;fault</c>, where fault names what is wrong in that row
/// and is empty when all is well. `replay` reads it with the same config.
/// </summary>
internal sealed class SimulationCsv : ISimulatedRecording
{
    private const char Delimiter = ';';

    // A recording of nothing real needs no real date; a fixed one makes the same command write the same bytes.
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TextWriter _text;

    public SimulationCsv(TextWriter text, IReadOnlyList<ChannelOptions> channels)
    {
        _text = text;
        text.WriteLine(string.Join(Delimiter, ["datetime", .. channels.Select(channel => Quoted(channel.Column ?? channel.Name)), "fault"]));
    }

    public void Write(double seconds, float[] values, string label)
    {
        _text.Write((Start + TimeSpan.FromSeconds(seconds)).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
        foreach (var value in values)
        {
            _text.Write(Delimiter);
            _text.Write(float.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture));
        }

        _text.Write(Delimiter);
        _text.WriteLine(Quoted(label));
    }

    public void Dispose() => _text.Dispose();

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(Delimiter, '"', '\n') >= 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
