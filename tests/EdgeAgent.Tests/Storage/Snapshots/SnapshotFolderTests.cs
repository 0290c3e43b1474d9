using EdgeAgent.Storage.Snapshots;

namespace EdgeAgent.Tests.Storage.Snapshots;

public sealed class SnapshotFolderTests : IDisposable
{
    private static readonly IReadOnlySet<Guid> Nobody = new HashSet<Guid>();

    private readonly TemporaryFolder _data = new();
    private readonly Guid[] _alarms = [.. Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7(ManualTime.Start))];

    private string Folder => SnapshotFolder.In(_data.Path);

    public void Dispose() => _data.Dispose();

    [Fact]
    public void The_oldest_goes_first_by_number_whatever_the_files_times_say()
    {
        var folder = new SnapshotFolder(_data.Path, quota: 3000);
        for (var i = 0; i < 3; i++)
        {
            Write(folder, i, 1000);
            File.SetLastWriteTimeUtc(SnapshotFolder.Find(Folder, _alarms[i])!.Path, new DateTime(2030 - i, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Write(folder, 3, 1500);

        Assert.Equal([_alarms[2], _alarms[3]], Kept());
    }

    [Fact]
    public void Alarms_that_want_attention_go_last_and_they_too_before_the_quota_is_exceeded()
    {
        var folder = new SnapshotFolder(_data.Path, quota: 3000);
        var wanted = new HashSet<Guid> { _alarms[0], _alarms[2] };
        for (var i = 0; i < 3; i++)
        {
            Write(folder, i, 1000, wanted);
        }

        Write(folder, 3, 1000, wanted);
        Assert.Equal([_alarms[0], _alarms[2], _alarms[3]], Kept());
        Write(folder, 4, 1000, wanted);
        Assert.Equal([_alarms[0], _alarms[2], _alarms[4]], Kept());
        Write(folder, 5, 2000, wanted);
        Assert.Equal([_alarms[2], _alarms[5]], Kept());
    }

    [Fact]
    public void A_second_version_takes_the_place_of_the_first_and_both_fit_into_the_quota_meanwhile()
    {
        var folder = new SnapshotFolder(_data.Path, quota: 3000);
        Write(folder, 0, 900);
        Write(folder, 1, 900);
        var most = 0L;
        Assert.True(folder.TryWrite(_alarms[1], 1800, Nobody, file =>
        {
            file.Write(new byte[1800]);
            file.Flush();
            most = new DirectoryInfo(Folder).EnumerateFiles().Sum(one => one.Length);
            return true;
        }));

        Assert.Equal([_alarms[1]], Kept());
        Assert.Equal(1800, SnapshotFolder.List(Folder)[0].Bytes);
        Assert.InRange(most, 2700, 3000);
        Write(folder, 2, 900);
        Assert.Equal([_alarms[1], _alarms[2]], Kept());
    }

    [Fact]
    public void What_is_given_up_or_fails_leaves_the_earlier_version_and_nothing_else()
    {
        var folder = new SnapshotFolder(_data.Path, quota: 3000);
        Write(folder, 0, 900);

        Assert.False(folder.TryWrite(_alarms[0], 1000, Nobody, file =>
        {
            file.Write(new byte[500]);
            return false;
        }));
        Assert.Throws<IOException>(() => folder.TryWrite(_alarms[0], 1000, Nobody, _ => throw new IOException("the disk is full")));

        Assert.Equal(900, Assert.Single(new DirectoryInfo(Folder).EnumerateFiles()).Length);
    }

    [Fact]
    public void Only_snapshots_are_listed_and_what_a_killed_process_left_is_removed_by_the_next()
    {
        var folder = new SnapshotFolder(_data.Path, quota: 3000);
        Write(folder, 0, 900);
        var left = SnapshotFolder.List(Folder)[0].Path + ".4711.new";
        foreach (var name in new[] { left, Path.Combine(Folder, "notes.txt"), Path.Combine(Folder, "x-" + _alarms[1] + ".snapshot"), Path.Combine(Folder, "00000009.snapshot") })
        {
            File.WriteAllText(name, "x");
        }

        Assert.Equal([_alarms[0]], Kept());
        folder.Tidy();
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(Path.Combine(Folder, "notes.txt")));
    }

    [Fact]
    public void However_small_they_are_there_are_not_more_than_a_thousand()
    {
        var folder = new SnapshotFolder(_data.Path, quota: 1_000_000);
        Directory.CreateDirectory(Folder);
        for (var i = 1; i <= SnapshotFolder.MostFiles; i++)
        {
            File.WriteAllText(Path.Combine(Folder, SnapshotEntry.NameOf(i, Guid.CreateVersion7(ManualTime.Start))), "");
        }

        Write(folder, 0, 10);

        var list = SnapshotFolder.List(Folder);
        Assert.Equal((SnapshotFolder.MostFiles, 2, _alarms[0]), (list.Count, (int)list[0].Number, list[^1].AlarmId));
    }

    [Fact]
    public void A_snapshot_is_found_by_its_alarm_and_by_the_decision_that_raised_it()
    {
        var folder = new SnapshotFolder(_data.Path, quota: 1_000_000);
        var ring = SnapshotBench.Ring(20);
        var range = SnapshotBench.Range(_alarms[0]);
        foreach (var one in new[] { range, SnapshotBench.Range(_alarms[1]) })
        {
            var bytes = SnapshotBench.Write(one, ring);
            folder.TryWrite(one.Raised.AlarmId!.Value, bytes.Length, Nobody, file =>
            {
                file.Write(bytes);
                return true;
            });
        }

        Assert.Equal(_alarms[0], SnapshotFolder.Find(Folder, _alarms[0])!.AlarmId);
        Assert.Equal(_alarms[0], SnapshotFolder.Find(Folder, range.Raised.Id)!.AlarmId);
        Assert.Null(SnapshotFolder.Find(Folder, _alarms[2]));
        Assert.True(SnapshotFolder.Alarms(_data.Path).SetEquals([_alarms[0], _alarms[1]]));
        Assert.Empty(SnapshotFolder.Alarms(Path.Combine(_data.Path, "nowhere")));
    }

    private IEnumerable<Guid> Kept() => SnapshotFolder.List(Folder).Select(entry => entry.AlarmId);

    private void Write(SnapshotFolder folder, int alarm, int bytes, IReadOnlySet<Guid>? wanted = null) =>
        Assert.True(folder.TryWrite(_alarms[alarm], bytes, wanted ?? Nobody, file =>
        {
            file.Write(new byte[bytes]);
            return true;
        }));
}
