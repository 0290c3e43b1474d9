using System.Threading.Channels;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Snapshots;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage.Snapshots;
using EdgeAgent.Tests.Storage.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Pipeline;

/// <summary>The loop that writes snapshots, on real files.</summary>
public sealed class SnapshotLoopTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly Channel<SnapshotRange> _ranges = Channel.CreateUnbounded<SnapshotRange>();
    private readonly StandingAlarms _alarms = new();

    private string Folder => SnapshotFolder.In(_data.Path);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task An_alarm_has_one_file_which_the_later_range_replaces()
    {
        var before = SnapshotBench.Range(to: 6, end: SnapshotEnd.Pending);
        await WriteAsync(SnapshotBench.Ring(20), [before, before with { To = 9, After = SnapshotEnd.Complete }]);

        var entry = Assert.Single(SnapshotFolder.List(Folder));
        var snapshot = SnapshotFile.TryRead(entry.Path, out _)!;
        Assert.Equal((9, SnapshotEnd.Complete), (snapshot.Header.Readings, snapshot.Header.After));
    }

    [Fact]
    public async Task Readings_that_the_ring_has_lost_are_left_out_and_an_alarm_of_which_all_are_lost_has_no_file()
    {
        // Readings 1000 to 1999 are there.
        var ring = SnapshotBench.Ring(2000, capacity: 1000);
        var gone = SnapshotBench.Range(from: 0, raise: 50, to: 900);
        var partly = SnapshotBench.Range(from: 500, raise: 1500, to: 1900);
        await WriteAsync(ring, [gone, partly]);

        var entry = Assert.Single(SnapshotFolder.List(Folder));
        var snapshot = SnapshotFile.TryRead(entry.Path, out _)!;
        Assert.Equal(partly.Raised.AlarmId, entry.AlarmId);
        Assert.Equal(ManualTime.Start.AddSeconds(1899), snapshot.At(snapshot.Header.Readings - 1));
        Assert.Equal(TimeSpan.Zero, snapshot.FromAlarm(snapshot.Header.ReadingsBefore - 1));
        Assert.InRange(snapshot.Header.Readings, 800, 900);
    }

    [Fact]
    public async Task Of_full_quotas_the_alarms_that_nobody_has_seen_are_kept()
    {
        var size = SnapshotBench.Write(SnapshotBench.Range(), SnapshotBench.Ring(20)).Length;
        var ranges = Enumerable.Range(0, 6).Select(_ => SnapshotBench.Range()).ToArray();
        _alarms.Stand(ranges[0].Raised.AlarmId!.Value, AlarmPhase.UnacknowledgedActive);
        _alarms.Stand(ranges[1].Raised.AlarmId!.Value, AlarmPhase.Normal);
        _alarms.Stand(ranges[2].Raised.AlarmId!.Value, AlarmPhase.ReturnedUnacknowledged);
        await WriteAsync(SnapshotBench.Ring(20), ranges, quota: (3 * size) + 100);

        Assert.Equal([0, 2, 5], SnapshotFolder.List(Folder).Select(entry => Array.FindIndex(ranges, range => range.Raised.AlarmId == entry.AlarmId)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_costs_the_snapshots_and_the_loop_goes_on()
    {
        await File.WriteAllTextAsync(Folder, "a file where the folder should be");
        var loop = Start(SnapshotBench.Ring(20), quota: 1_000_000).RunAsync(CancellationToken.None);
        await _ranges.Writer.WriteAsync(SnapshotBench.Range());
        await _alarms.Asked;
        File.Delete(Folder);
        await _ranges.Writer.WriteAsync(SnapshotBench.Range());
        await _ranges.Writer.WriteAsync(SnapshotBench.Range());
        _ranges.Writer.Complete();
        await loop;

        Assert.InRange(SnapshotFolder.List(Folder).Count, 2, 3);
    }

    [Fact]
    public async Task Sensor_alarms_without_end_stop_being_written_and_a_machine_alarm_is_still_kept()
    {
        SnapshotRange[] Both(string kind)
        {
            var pending = SnapshotBench.Range(to: 6, end: SnapshotEnd.Pending, kind: kind);
            return [pending, pending with { To = 9, After = SnapshotEnd.Complete }];
        }

        var machine = Both("machine");
        var cost = ((2 * 6) + SnapshotBench.Span.ReadingsAfter) * ReadingRing.BytesPerReading(SnapshotBench.Channels.Length);
        await WriteAsync(SnapshotBench.Ring(20), [.. Enumerable.Range(0, 100).SelectMany(_ => Both("sensor")), .. machine], quota: 1_000_000, perDay: 20 * cost);

        Assert.Equal(11, SnapshotFolder.List(Folder).Count);
        Assert.Equal(machine[0].Raised.AlarmId, SnapshotFolder.List(Folder)[^1].AlarmId);
        Assert.All(SnapshotFolder.List(Folder), entry => Assert.Equal(SnapshotEnd.Complete, SnapshotFile.TryReadHeader(entry.Path, out _)!.After));
    }

    private async Task WriteAsync(ReadingRing ring, SnapshotRange[] ranges, long quota = 1_000_000, long perDay = 1_000_000_000)
    {
        foreach (var range in ranges)
        {
            await _ranges.Writer.WriteAsync(range);
        }

        _ranges.Writer.Complete();
        await Start(ring, quota, perDay).RunAsync(CancellationToken.None);
    }

    private SnapshotLoop Start(ReadingRing ring, long quota, long perDay = 1_000_000_000) => new(
        _ranges.Reader, ring, SnapshotBench.Span, 1, SnapshotBench.Channels, new SnapshotFolder(_data.Path, quota),
        new SnapshotBudget(perDay, new ManualTime()), _alarms, NullLogger<SnapshotLoop>.Instance);

    /// <summary>Alarms as a test says they stand.</summary>
    private sealed class StandingAlarms : IAlarmView
    {
        private readonly List<SourceState> _states = [];
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

#pragma warning disable CS0067 // The port has it; nobody here waits for it.
        public event Action? Changed;
#pragma warning restore CS0067

        public void Stand(Guid id, AlarmPhase phase) => _states.Add(new SourceState(
            AlarmSource.Sensor($"C{_states.Count}"), new AlarmRecord(id, phase, Severity.Warning, null, null, ManualTime.Start), null));

        /// <summary>Ends when the loop looks at the alarms for the first time, which it does before it writes.</summary>
        public Task Asked => _asked.Task;

        public Task<IReadOnlyList<SourceState>> StatesAsync(CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            return Task.FromResult<IReadOnlyList<SourceState>>(_states);
        }
    }
}
