using System.Text;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;

namespace EdgeAgent.Bench;

/// <summary>
/// Records that wait: as an outbox, of which every round gets a copy, and as files with the same bytes, a line each, for mosquitto_pub.
/// </summary>
internal sealed class DrainBacklog
{
    /// <summary>
    /// mosquitto_pub 2.0 takes 65,535 lines at most: it reads faster than it sends, its packet identifiers begin again, and it ends when the
    /// one that the last line got is acknowledged for the first time.
    /// </summary>
    private const int LinesPerFile = 50_000;

    private const int Group = 256;

    private readonly string _folder;

    private DrainBacklog(string folder) => _folder = folder;

    public static OutboxSettings Settings { get; } = new() { MaxBytes = 4L << 30 };

    /// <summary>Where its messages go.</summary>
    public static Topics Topics { get; } = new(BenchDecisions.Site, BenchDecisions.Device);

    public int Records { get; private set; }

    public double MeanBytes { get; private set; }

    /// <summary>One after the other.</summary>
    public List<string> LineFiles { get; } = [];

    public static DrainBacklog Make(string folder, int records)
    {
        var backlog = new DrainBacklog(folder);
        using var outbox = new Outbox(backlog.Source, Settings);
        foreach (var group in BenchDecisions.Alarms(records).Chunk(Group))
        {
            outbox.Commit(group, DateTimeOffset.UtcNow.AddHours(-1));
        }

        backlog.WriteLines(outbox);
        return backlog;
    }

    /// <summary>Call <see cref="DeleteCopy"/> when it was drained.</summary>
    public Outbox OpenCopy()
    {
        DeleteCopy();
        File.Copy(Source, Copy);
        File.Copy(Path.ChangeExtension(Source, ".seq"), Path.ChangeExtension(Copy, ".seq"));
        return new Outbox(Copy, Settings);
    }

    public void DeleteCopy()
    {
        foreach (var file in Directory.GetFiles(_folder, "copy.*"))
        {
            File.Delete(file);
        }
    }

    private string Source => Path.Combine(_folder, "outbox.db");

    private string Copy => Path.Combine(_folder, "copy.db");

    private void WriteLines(Outbox outbox)
    {
        long position = 0;
        long bytes = 0;
        while (true)
        {
            var file = Path.Combine(_folder, $"lines-{LineFiles.Count}");
            using var lines = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            var before = Records;
            while (Records - before < LinesPerFile && outbox.ReadAfter(position, Group) is { Count: > 0 } records)
            {
                foreach (var record in records.Take(LinesPerFile - (Records - before)))
                {
                    lines.Write(Encoding.UTF8.GetString(record.Body));
                    lines.Write('\n');
                    position = record.Position;
                    bytes += record.Body.Length;
                    Records++;
                }
            }

            if (Records == before)
            {
                MeanBytes = (double)bytes / Records;
                return;
            }

            LineFiles.Add(file);
        }
    }
}
