using System.Text;
using System.Text.Json;

namespace EdgeAgent.Storage.Snapshots;

/// <summary>Readings in a row out of a snapshot, as CSV within a bound of bytes.</summary>
internal sealed record SnapshotExcerpt(int First, int Count, string Csv)
{
    /// <param name="first">The first reading; null: as many before the alarm as after it.</param>
    /// <param name="mostBytes">Of the CSV as a JSON string; one reading is there whatever it takes.</param>
    public static SnapshotExcerpt Of(Snapshot snapshot, int? first, int mostBytes)
    {
        var count = snapshot.Header.Readings;
        var header = SnapshotCsv.HeaderLine(snapshot);
        var start = first ?? Math.Clamp(snapshot.Header.ReadingsBefore - 1, 0, Math.Max(0, count - 1));
        var (low, high, left) = (start, start, mostBytes - BytesOf(header));
        var lines = new LinkedList<string>();
        while (high < count || (first is null && low > 0))
        {
            var back = first is null && low > 0 && (high >= count || start - low < high - start);
            var line = SnapshotCsv.Line(snapshot, back ? low - 1 : high);
            left -= BytesOf(line);
            if (left < 0 && lines.Count > 0)
            {
                break;
            }

            _ = back ? lines.AddFirst(line) : lines.AddLast(line);
            (low, high) = back ? (low - 1, high) : (low, high + 1);
        }

        return new SnapshotExcerpt(low, high - low, new StringBuilder(header).AppendJoin("", lines).ToString());
    }

    private static int BytesOf(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length;
}
