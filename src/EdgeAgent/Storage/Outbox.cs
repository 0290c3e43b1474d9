using EdgeAgent.Core.Outbox;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>
/// The durable queue between deciding and sending. What <see cref="Commit"/> returned survives a power cut; a record
/// leaves by <see cref="Settle"/>, or counted and told when there is no room. Thread-safe: one transaction at a time.
/// A file that cannot be opened is tried again at every call, so that a disk may recover.
/// </summary>
internal sealed partial class Outbox : IDisposable
{
    public const string JournalCounter = "journal";

    /// <summary>The meter of wear is read by writing: rarely.</summary>
    private static readonly TimeSpan BetweenMeterings = TimeSpan.FromMinutes(15);

    private readonly OutboxSettings _settings;
    private readonly OutboxFile _file;
    private readonly LossReporter _losses;
    private readonly WrittenBytes _written;
    private readonly RecordAges _ages;

    /// <summary>Opens the file, makes it, or repairs it.</summary>
    /// <param name="patient">True: a disk that refuses is no error yet, every call tries again.</param>
    /// <exception cref="SqliteException">Unless patient: the file cannot be written.</exception>
    /// <exception cref="InvalidDataException">A newer agent made the file.</exception>
    public Outbox(string path, OutboxSettings? settings = null, bool patient = false)
    {
        _settings = settings ?? OutboxSettings.Default;
        _file = new OutboxFile(path, _settings);
        _losses = new LossReporter(_settings);
        _written = new WrittenBytes(_settings.Time);
        _ages = new RecordAges(_settings.Time);
        try
        {
            _file.Use(_ => true);
        }
        catch (SqliteException) when (patient)
        {
            // Told by the first commit that fails.
        }
    }

    /// <summary>
    /// Stores all items in one transaction, so that many producers share one fsync. Gives each decision the next
    /// sequence number, and makes room if there is none. Safe to retry after an exception: nothing was stored then.
    /// </summary>
    /// <param name="now">The wall clock, by which a late delivery is told.</param>
    /// <param name="synced">Whether it can be believed.</param>
    /// <param name="lost">What was thrown away before it could be stored.</param>
    /// <returns>The records, in the order of the items, and behind them notices that the outbox made itself.</returns>
    /// <exception cref="SqliteException">The disk is full, read-only or broken.</exception>
    public IReadOnlyList<OutboxRecord> Commit(IReadOnlyList<OutboxItem> items, DateTimeOffset now, bool synced = true, LossTally? lost = null)
    {
        try
        {
            return Store(items, now, synced, lost, someAreThere: false);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteCodes.Constraint)
        {
            // A salvage, or a disk that stored what it said it had not, can leave a record here that is handed over once more.
            return Store(items, now, synced, lost, someAreThere: true);
        }
    }

    private IReadOnlyList<OutboxRecord> Store(IReadOnlyList<OutboxItem> items, DateTimeOffset now, bool synced, LossTally? lost, bool someAreThere) => _file.Use(table =>
    {
        using var transaction = table.Begin();
        var seq = table.Counter("seq");
        var rows = new List<OutboxRow>(items.Count);
        var there = someAreThere ? items.SelectMany(item => table.Read("WHERE id = $id", ("$id", OutboxRow.IdOf(item)))).ToDictionary(row => row.Id) : [];
        long added = 0;
        foreach (var item in items)
        {
            if (there.TryGetValue(OutboxRow.IdOf(item), out var found))
            {
                rows.Add(found);
                continue;
            }

            var row = OutboxRow.Of(item, item is OutboxItem.ForDecision ? ++seq : 0, now, synced);
            rows.Add(row with { Position = table.Insert(row) });
            added += row.Size;
        }

        var eviction = new OutboxEviction(table);
        eviction.Free(_file.Bytes + added - _settings.MaxBytes);
        table.Count("evicted", eviction.Positions.Count);
        eviction.Lost.Add(lost ?? new LossTally());
        var told = _losses.Tell(table, eviction.Lost, ref seq, now, synced);
        if (told is not null)
        {
            rows.Add(told);
        }

        table.SetCounter("seq", seq);
        table.Count("stored", rows.Count - there.Count);
        if (items.Select(item => item.Journal).DefaultIfEmpty().Max() is > 0 and var journal)
        {
            table.SetCounter(JournalCounter, journal);
        }

        _file.Reserve.Cover(seq);
        transaction.Commit();
        foreach (var (item, row) in items.Zip(rows))
        {
            _ages.Add(row.Position, item.Taken ?? _settings.Time.GetTimestamp());
        }

        Committed(added - eviction.Freed, told);
        return (IReadOnlyList<OutboxRecord>)[.. rows.Select(row => row.AsRecord() with { Kept = !eviction.Positions.Contains(row.Position) })];
    });

    /// <summary>Now and then: throws away what is too old, and tells of losses that were not told yet.</summary>
    /// <returns>Notices that the outbox made.</returns>
    /// <exception cref="SqliteException">The disk is full, read-only or broken.</exception>
    public IReadOnlyList<OutboxRecord> Tend(DateTimeOffset now, bool synced) => _file.Use(table =>
    {
        using var transaction = table.Begin();
        var eviction = new OutboxEviction(table);
        if (_settings.MaxAge is { } age && synced)
        {
            eviction.Expire(now - age);
            table.Count("evicted", eviction.Positions.Count);
        }

        if (_written.SinceTaken >= BetweenMeterings)
        {
            _written.AddTo(table);
        }

        var seq = table.Counter("seq");
        var told = _losses.Tell(table, eviction.Lost, ref seq, now, synced);
        if (told is not null)
        {
            table.SetCounter("seq", seq);
            table.Count("stored", 1);
            _file.Reserve.Cover(seq);
        }

        transaction.Commit();
        Committed(-eviction.Freed, told);
        return (IReadOnlyList<OutboxRecord>)(told is null ? [] : [told.AsRecord()]);
    });

    /// <summary>Takes records out: acknowledged ones for good, refused ones into the dead-letter table.</summary>
    /// <exception cref="SqliteException">The disk is full, read-only or broken; nothing was taken out.</exception>
    public void Settle(IReadOnlyList<Settlement> settlements) => _file.Use(table =>
    {
        using var transaction = table.Begin();
        long dead = 0;
        foreach (var settlement in settlements.Where(settlement => settlement.DeadReason is not null))
        {
            table.Bury(settlement.Position, settlement.DeadReason!.Value);
            dead += table.Delete(settlement.Position) is null ? 0 : 1;
        }

        var (delivered, freed) = table.Delete([.. settlements.Where(settlement => settlement.DeadReason is null).Select(settlement => settlement.Position).Order()]);
        table.Count("delivered", delivered);
        table.Count("dead", dead);
        transaction.Commit();
        _file.Bytes -= freed;
        return true;
    });

    /// <summary>Takes out everything up to a position that somebody else keeps from now on.</summary>
    /// <returns>How many that were.</returns>
    /// <exception cref="SqliteException">The disk is full, read-only or broken; nothing was taken out.</exception>
    public long Drain(long until) => _file.Use(table =>
    {
        using var transaction = table.Begin();
        var before = table.Bytes();
        var drained = table.Scalar("SELECT COUNT(*) FROM outbox WHERE position <= $until", ("$until", until));
        table.Execute("DELETE FROM outbox WHERE position <= $until", ("$until", until));
        table.Count("drained", drained);
        var freed = before - table.Bytes();
        transaction.Commit();
        _file.Bytes -= freed;
        return drained;
    });

    public void Dispose() => _file.Dispose(table =>
    {
        if (_written.SinceTaken >= TimeSpan.FromSeconds(1))
        {
            using var transaction = table.Begin();
            _written.AddTo(table);
            transaction.Commit();
        }
    });

    /// <summary>For tests: a file that must not grow any further stands for a disk that is full.</summary>
    internal void LimitPages(long pages) => _file.Use(table => table.Scalar($"PRAGMA max_page_count = {pages}"));

    private void Committed(long bytes, OutboxRow? told)
    {
        _file.Bytes += bytes + (told?.Size ?? 0);
        if (told is not null)
        {
            _losses.Told();
            _ages.Add(told.Position, _settings.Time.GetTimestamp());
        }
    }
}
