using System.Globalization;
using System.Text;

namespace EdgeAgent.Storage.Snapshots;

/// <summary>
/// A snapshot as the CSV that <c>replay</c> reads with the config that it was recorded under:
/// <c>datetime;one column per channel;seconds from alarm</c>.
/// </summary>
internal static class SnapshotCsv
{
    private const char Delimiter = ';';
    private const string FromAlarm = "seconds from alarm";

    public static string HeaderLine(Snapshot snapshot) =>
        string.Join(Delimiter, ["datetime", .. snapshot.Header.Channels.Select(channel => Quoted(channel.Column)), FromAlarm]) + "\n";

    public static string Line(Snapshot snapshot, int reading)
    {
        var line = new StringBuilder();
        line.Append(snapshot.At(reading).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
        for (var channel = 0; channel < snapshot.Header.Channels.Count; channel++)
        {
            // The shortest text that reads back as the same number.
            var value = snapshot.Value(reading, channel);
            line.Append(Delimiter).Append(float.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture));
        }

        return line.Append(Delimiter).Append(snapshot.FromAlarm(reading).TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture)).Append('\n').ToString();
    }

    /// <exception cref="IOException">The text cannot be written.</exception>
    public static void Write(TextWriter text, Snapshot snapshot)
    {
        text.Write(HeaderLine(snapshot));
        for (var reading = 0; reading < snapshot.Header.Readings; reading++)
        {
            text.Write(Line(snapshot, reading));
        }
    }

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(Delimiter, '"', '\n') >= 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
