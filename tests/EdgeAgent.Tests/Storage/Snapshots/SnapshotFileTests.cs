using System.Text;
using System.Text.Json;
using EdgeAgent.Core.Snapshots;
using EdgeAgent.Storage.Snapshots;

namespace EdgeAgent.Tests.Storage.Snapshots;

public sealed class SnapshotFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, "one.snapshot");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_back()
    {
        var range = SnapshotBench.Range();
        File.WriteAllBytes(FilePath, SnapshotBench.Write(range, SnapshotBench.Ring(20)));

        var snapshot = SnapshotFile.TryRead(FilePath, out var problem)!;

        Assert.Null(problem);
        var header = snapshot.Header;
        Assert.Equal((9, 6, 5.0, 3.0, SnapshotEnd.Complete), (header.Readings, header.ReadingsBefore, header.BeforeSeconds, header.AfterSeconds, header.After));
        Assert.Equal((range.Raised.AlarmId, range.Raised.Id, "machine"), (header.AlarmId, header.DecisionId, header.Source));
        Assert.Equal(SnapshotBench.Channels, header.Channels);
        for (var i = 0; i < 9; i++)
        {
            var frame = SnapshotBench.Frame(i);
            Assert.Equal((frame.At, TimeSpan.FromSeconds(i - 5)), (snapshot.At(i), snapshot.FromAlarm(i)));
            Assert.Equal(frame.Values, new[] { snapshot.Value(i, 0), snapshot.Value(i, 1) });
        }
    }

    [Fact]
    public void The_csv_says_every_number_as_shortly_as_it_can_be_said_and_nothing_where_there_was_none()
    {
        File.WriteAllBytes(FilePath, SnapshotBench.Write(SnapshotBench.Range(from: 1, to: 4, raise: 3), SnapshotBench.Ring(20)));
        using var text = new StringWriter();

        SnapshotCsv.Write(text, SnapshotFile.TryRead(FilePath, out _)!);

        Assert.Equal(
            "datetime;\"flow;column\";Motor temperature;seconds from alarm\n"
            + "2026-11-20T12:00:01+00:00;0.1;-1;-1\n2026-11-20T12:00:02+00:00;;-2;0\n2026-11-20T12:00:03+00:00;0.3;-3;1\n",
            text.ToString());
    }

    [Fact]
    public void A_file_with_any_bit_changed_or_cut_anywhere_is_refused()
    {
        var sound = SnapshotBench.Write(SnapshotBench.Range(), SnapshotBench.Ring(20));
        for (var at = 0; at < sound.Length; at++)
        {
            var damaged = (byte[])sound.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            AssertRefused(damaged);
            AssertRefused(sound[..at]);
        }

        AssertRefused([.. sound, 0]);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("null\n")]
    [InlineData("[]\n")]
    [InlineData("{}\n")]
    [InlineData("{\"schema\":\"edgeagent/snapshot/1\"}\n")]
    [InlineData("{\"schema\":\"edgeagent/snapshot/1\",\"channels\":[null],\"readings\":1}\n")]
    [InlineData("no json")]
    public void A_file_of_something_else_is_refused(string text) => AssertRefused(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_file_of_a_later_version_is_refused_by_the_name_of_its_schema()
    {
        var text = Encoding.Latin1.GetString(SnapshotBench.Write(SnapshotBench.Range(), SnapshotBench.Ring(20)));
        File.WriteAllBytes(FilePath, Encoding.Latin1.GetBytes(text.Replace("edgeagent/snapshot/1", "edgeagent/snapshot/2", StringComparison.Ordinal)));

        Assert.Null(SnapshotFile.TryReadHeader(FilePath, out var problem));
        Assert.Contains("edgeagent/snapshot/2", problem);
    }

    [Fact]
    public void An_excerpt_lies_around_the_alarm_and_stays_within_its_bytes()
    {
        File.WriteAllBytes(FilePath, SnapshotBench.Write(SnapshotBench.Range(to: 2000, raise: 700), SnapshotBench.Ring(2000)));
        var snapshot = SnapshotFile.TryRead(FilePath, out _)!;

        var around = SnapshotExcerpt.Of(snapshot, first: null, mostBytes: 5000);
        var early = SnapshotExcerpt.Of(snapshot, first: 3, mostBytes: 5000);
        var all = SnapshotExcerpt.Of(snapshot, first: null, mostBytes: 1_000_000);

        Assert.InRange(around.First + (around.Count / 2), 698, 701);
        Assert.InRange(JsonEncodedText.Encode(around.Csv).EncodedUtf8Bytes.Length, 4800, 5000);
        Assert.Equal(around.Count + 1, around.Csv.Count('\n'));
        Assert.Equal(3, early.First);
        Assert.Equal((0, 2000), (all.First, all.Count));
        using var text = new StringWriter();
        SnapshotCsv.Write(text, snapshot);
        Assert.Equal(text.ToString(), all.Csv);
    }

    private void AssertRefused(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        Assert.Null(SnapshotFile.TryRead(FilePath, out var problem));
        Assert.False(string.IsNullOrEmpty(problem) || problem.Contains('\n', StringComparison.Ordinal));
    }
}
