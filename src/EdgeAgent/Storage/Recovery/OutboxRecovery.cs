using System.Globalization;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Outbox;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage.Recovery;

/// <summary>Makes a new outbox.db of what is readable in a damaged one.</summary>
internal sealed class OutboxRecovery(string path, OutboxSettings settings, SequenceReserve reserve)
{
    private readonly Replacement _replacement = new(path);

    /// <summary>Ends what a power cut interrupted.</summary>
    public void Finish() => _replacement.Finish();

    /// <param name="why">What was found wrong.</param>
    /// <exception cref="SqliteException">The disk refuses; the damaged files are untouched.</exception>
    public void Run(string why)
    {
        var counts = ReadCounts();
        var carver = RecordCarver.Carve(path);
        var rows = carver.Rows;

        // Every number up to the reserve may have been given: the next one lies above.
        var seen = rows.Max(row => row.Seq) ?? 0;
        var seq = Math.Max(Math.Max(reserve.Reserved, seen), counts.Seq) + (reserve.Reserved == 0 ? SequenceReserve.Block : 0);
        var missing = Math.Max(counts.Waiting - rows.Count, carver.Damaged);
        Build(rows, counts, missing, seq, new Dictionary<string, string>
        {
            ["why"] = why,
            ["salvaged"] = Text(rows.Count),
            ["damaged"] = Text(missing),
            ["lastSeqSeen"] = Text(Math.Max(seen, counts.Seq)),
            ["nextSeq"] = Text(seq + 1),
        });
        _replacement.TakePlace(settings.Time.GetUtcNow(), settings.MaxBytes);
    }

    private void Build(IReadOnlyList<OutboxRow> rows, Counts counts, long missing, long seq, Dictionary<string, string> data)
    {
        _replacement.Clear();
        using var table = new OutboxTable(OutboxDatabase.Open(_replacement.Path));
        using (var transaction = table.Begin())
        {
            foreach (var row in rows)
            {
                table.Insert(row);
            }

            table.StartBehind(counts.Position);
            long told = 0;
            if (settings.Notice is { } notice)
            {
                told = 1;
                var now = settings.Time.GetUtcNow();
                table.Insert(OutboxRow.Of(notice("outbox-recovered", Severity.Warning, data) with { Seq = ++seq }, EvictionRank.Never, now, synced: false));
            }

            reserve.Cover(seq);
            table.SetCounter("seq", seq);
            table.SetCounter(Outbox.JournalCounter, counts.Journal);
            table.SetCounter("delivered", counts.Delivered);
            table.SetCounter("dead", counts.Dead);
            table.SetCounter("evicted", counts.Evicted);
            table.SetCounter("drained", counts.Drained);
            table.SetCounter("damaged", counts.Damaged + missing);
            table.SetCounter("stored", counts.Delivered + counts.Dead + counts.Evicted + counts.Drained + counts.Damaged + missing + rows.Count + told);
            table.SetLosses(counts.Losses);
            transaction.Commit();
        }

        // One file that needs no log: it is renamed as a whole.
        table.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>What the damaged file still tells of its counts; all 0 if it tells nothing.</summary>
    private Counts ReadCounts()
    {
        try
        {
            using var table = new OutboxTable(OutboxDatabase.OpenToLook(path));
            var counts = new Counts(
                table.Counter("seq"), table.Counter("stored"), table.Counter("delivered"), table.Counter("dead"), table.Counter("evicted"),
                table.Counter("drained"), table.Counter("damaged"), table.NewestPosition(),
                table.Counter(Outbox.JournalCounter), table.Losses());
            var plausible = new[] { counts.Seq, counts.Stored, counts.Delivered, counts.Dead, counts.Evicted, counts.Drained, counts.Damaged, counts.Position, counts.Journal }
                .All(count => count is >= 0 and < 1L << 40) && counts.Waiting is >= 0 and < 10_000_000 && (reserve.Reserved == 0 || counts.Seq <= reserve.Reserved);
            return plausible ? counts : Counts.None;
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException or InvalidOperationException)
        {
            return Counts.None;
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record Counts(long Seq, long Stored, long Delivered, long Dead, long Evicted, long Drained, long Damaged, long Position, long Journal, LossTally Losses)
    {
        /// <summary>A session that is open reads on behind its last position; no outbox ever came so far.</summary>
        private const long FarAhead = 1L << 32;

        public static Counts None { get; } = new(0, 0, 0, 0, 0, 0, 0, FarAhead, 0, new LossTally());

        public long Waiting => Stored - Delivered - Dead - Evicted - Drained - Damaged;
    }
}
