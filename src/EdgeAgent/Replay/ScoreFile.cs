using System.Globalization;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Replay;

/// <summary>
/// The score file: one row per data row, <c>timestamp,score,threshold,alarm,health</c>. Score is empty where there was no
/// valid window; alarm is 1 while the machine alarm stands. The same input gives the same bytes.
/// </summary>
internal sealed class ScoreFile(TextWriter writer) : IDisposable
{
    public void WriteHeader() => writer.Write("timestamp,score,threshold,alarm,health\n");

    /// <param name="timestamp">As the recording writes it.</param>
    public void Write(string timestamp, Observation seen)
    {
        writer.Write(Quoted(timestamp));
        writer.Write(',');
        writer.Write(seen.Score?.ToString("R", CultureInfo.InvariantCulture));
        writer.Write(',');
        writer.Write(seen.Threshold?.ToString("R", CultureInfo.InvariantCulture));
        writer.Write(seen.AlarmActive ? ",1," : ",0,");
        writer.Write(seen.Health.Name());
        writer.Write('\n');
    }

    public void Dispose() => writer.Dispose();

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
