using System.Threading.Channels;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Snapshots;
using EdgeAgent.Storage.Snapshots;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// Ranges of readings ─▶ one file per alarm: at its raise with what was before, and again, in its place, with what came after. So a
/// kill in between leaves the first one, and never half of one. A disk that refuses costs snapshots and nothing else.
/// </summary>
internal sealed class SnapshotLoop(
    ChannelReader<SnapshotRange> ranges,
    ReadingRing ring,
    SnapshotSpan span,
    double rateHz,
    IReadOnlyList<SnapshotChannel> channels,
    SnapshotFolder folder,
    SnapshotBudget budget,
    IAlarmView alarms,
    ILogger<SnapshotLoop> log)
{
    /// <summary>A slow disk may let the ring run over the readings that it writes; each further try leaves more of the oldest out.</summary>
    private const int Tries = 3;

    /// <summary>Alarms whose readings are still coming, and are not to be written.</summary>
    private readonly HashSet<Guid> _refused = [];
    private bool _toldTrouble;
    private bool _toldBudget;

    /// <summary>Runs until there are no more ranges and all are written.</summary>
    /// <param name="giveUp">What is not written then is left.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        Try(() =>
        {
            folder.Tidy();
            return false;
        });
        try
        {
            await foreach (var range in ranges.ReadAllAsync(giveUp).ConfigureAwait(false))
            {
                var wanted = Wanted(await alarms.StatesAsync(giveUp).ConfigureAwait(false));
                Try(() => Write(range, wanted));
            }
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            // A stop does not wait for snapshots: the files that are there are whole.
        }
    }

    /// <summary>What stands, or has gone without anybody having seen it.</summary>
    private static HashSet<Guid> Wanted(IReadOnlyList<SourceState> states) =>
        [.. states.Where(state => state.Stands || state.Alarm?.Phase == AlarmPhase.ReturnedUnacknowledged).Select(state => state.Alarm!.Id)];

    private bool Write(SnapshotRange range, HashSet<Guid> wanted)
    {
        var alarm = range.Raised.AlarmId!.Value;
        if (!MaySpend(range, alarm))
        {
            return false;
        }

        for (var i = 1; i <= Tries; i++)
        {
            var left = range with { From = Math.Max(range.From, ring.Oldest) };
            if (i > 1 || left.From > range.From)
            {
                left = left with { From = Math.Max(range.From, ring.Oldest + (i * ring.Capacity / 16)) };
            }

            if (left.From >= left.To)
            {
                break;
            }

            var header = SnapshotHeaders.Make(left, ring, span, rateHz, channels);
            if (header is null)
            {
                continue;
            }

            var line = SnapshotFile.HeaderLine(header);
            var bytes = line.Length + ((long)header.Readings * ReadingRing.BytesPerReading(ring.Channels)) + SnapshotFile.SumBytes;
            if (!folder.Takes(bytes))
            {
                SnapshotLog.NotTaken(log, alarm, "alarms.snapshots.maxMegabytes is too small for it");
                return false;
            }

            if (folder.TryWrite(alarm, bytes, wanted, file => SnapshotFile.TryWrite(file, line, ring, left)))
            {
                SnapshotLog.Written(log, alarm, header.Readings, header.BeforeSeconds, header.AfterSeconds, header.After);
                return true;
            }
        }

        SnapshotLog.NotTaken(log, alarm, "the disk is slower than the readings");
        return false;
    }

    /// <summary>Both versions of a file are paid for at the raise, so that an alarm has both or none.</summary>
    private bool MaySpend(SnapshotRange range, Guid alarm)
    {
        if (range.After != SnapshotEnd.Pending)
        {
            return !_refused.Remove(alarm);
        }

        var bytes = ((2 * (range.To - range.From)) + span.ReadingsAfter) * ReadingRing.BytesPerReading(ring.Channels);
        var may = budget.TrySpend(bytes, range.Raised.Kind == "machine");
        if (!may && !_toldBudget)
        {
            SnapshotLog.NotTaken(log, alarm, "the disk would be worn out: as much as a day allows was written; further ones are not told");
        }

        _toldBudget = !may;
        return may || !_refused.Add(alarm);
    }

    /// <param name="write">True: something was written.</param>
    private void Try(Func<bool> write)
    {
        try
        {
            if (write() && _toldTrouble)
            {
                _toldTrouble = false;
                SnapshotLog.WorksAgain(log);
            }
        }
#pragma warning disable CA1031 // Going on is safe: the next snapshot shares nothing with this one, and watching must not end for it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!_toldTrouble)
            {
                _toldTrouble = true;
                SnapshotLog.Failing(log, e.Message, e is IOException or UnauthorizedAccessException ? null : e);
            }
        }
    }
}
