using EdgeAgent.Core.Outbox;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>
/// The durable queue between deciding and sending. What <see cref="Commit"/> returned survives a power cut; a record
/// leaves by <see cref="Settle"/>, or counted and told when there is no room. Thread-safe: one transaction at a time.
/// A file that cannot be opened is tried again at every call, so that a disk may recover.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private const string JournalCounter = "journal";

    private readonly Lock _gate = new();
    private readonly OutboxSettings _settings;
    private readonly OutboxOpening _opening;
    private readonly LossReporter _losses;
    private OutboxTable? _table;
    private SequenceReserve? _reserve;
    private long _bytes;

    /// <summary>Opens the file, makes it, or repairs it.</summary>
    /// <param name="patient">True: a disk that refuses is no error yet, every call tries again.</param>
    /// <exception cref="SqliteException">Unless patient: the file cannot be written.</exception>
    /// <exception cref="InvalidDataException">A newer agent made the file.</exception>
    public Outbox(string path, OutboxSettings? settings = null, bool patient = false)
    {
        _settings = settings ?? OutboxSettings.Default;
        _opening = new OutboxOpening(path, _settings);
        _losses = new LossReporter(_settings);
        try
        {
            Use(_ => true);
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
    public IReadOnlyList<OutboxRecord> Commit(IReadOnlyList<OutboxItem> items, DateTimeOffset now, bool synced = true, LossTally? lost = null) => Use(table =>
    {
        using var transaction = table.Begin();
        var seq = table.Counter("seq");
        var rows = new List<OutboxRow>(items.Count);
        foreach (var item in items)
        {
            var row = OutboxRow.Of(item, item is OutboxItem.ForDecision ? ++seq : 0, now, synced);
            rows.Add(row with { Position = table.Insert(row) });
        }

        var added = rows.Sum(row => (long)row.Size);
        var eviction = new OutboxEviction(table);
        eviction.Free(_bytes + added - _settings.MaxBytes);
        table.Count("evicted", eviction.Positions.Count);
        eviction.Lost.Add(lost ?? new LossTally());
        var told = _losses.Tell(table, eviction.Lost, ref seq, now, synced);
        if (told is not null)
        {
            rows.Add(told);
        }

        table.SetCounter("seq", seq);
        table.Count("stored", rows.Count);
        if (items.Select(item => item.Journal).DefaultIfEmpty().Max() is > 0 and var journal)
        {
            table.SetCounter(JournalCounter, journal);
        }

        _reserve!.Cover(seq);
        transaction.Commit();
        Committed(added - eviction.Freed, told);
        return (IReadOnlyList<OutboxRecord>)[.. rows.Select(row => row.AsRecord() with { Kept = !eviction.Positions.Contains(row.Position) })];
    });

    /// <summary>Now and then: throws away what is too old, and tells of losses that were not told yet.</summary>
    /// <returns>Notices that the outbox made.</returns>
    /// <exception cref="SqliteException">The disk is full, read-only or broken.</exception>
    public IReadOnlyList<OutboxRecord> Tend(DateTimeOffset now, bool synced) => Use(table =>
    {
        using var transaction = table.Begin();
        var eviction = new OutboxEviction(table);
        if (_settings.MaxAge is { } age && synced)
        {
            eviction.Expire(now - age);
            table.Count("evicted", eviction.Positions.Count);
        }

        var seq = table.Counter("seq");
        var told = _losses.Tell(table, eviction.Lost, ref seq, now, synced);
        if (told is not null)
        {
            table.SetCounter("seq", seq);
            table.Count("stored", 1);
            _reserve!.Cover(seq);
        }

        transaction.Commit();
        Committed(-eviction.Freed, told);
        return (IReadOnlyList<OutboxRecord>)(told is null ? [] : [told.AsRecord()]);
    });

    /// <summary>Waiting records behind a position, oldest first.</summary>
    /// <param name="until">The last position that is wanted.</param>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public IReadOnlyList<OutboxRecord> ReadAfter(long position, int most, long until = long.MaxValue) => Use(table => Records(table.Read(
        "WHERE position > $after AND position <= $until ORDER BY position LIMIT $most", ("$after", position), ("$until", until), ("$most", most))));

    /// <summary>Waiting records of one alarm that were stored before a position, oldest first.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public IReadOnlyList<OutboxRecord> ReadOfAlarm(string alarm, long before) => Use(table => Records(table.Read(
        "WHERE alarm = $alarm AND position < $before ORDER BY position", ("$alarm", alarm), ("$before", before))));

    /// <summary>The highest number of the alarm journal that ever was committed here.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public long LastJournal() => Use(table => table.Counter(JournalCounter));

    /// <summary>The newest position that was ever given.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public long NewestPosition() => Use(table => table.NewestPosition());

    /// <summary>Takes records out: acknowledged ones for good, refused ones into the dead-letter table.</summary>
    /// <exception cref="SqliteException">The disk is full, read-only or broken; nothing was taken out.</exception>
    public void Settle(IReadOnlyList<Settlement> settlements) => Use(table =>
    {
        using var transaction = table.Begin();
        long delivered = 0, dead = 0, freed = 0;
        foreach (var settlement in settlements)
        {
            if (settlement.DeadReason is { } reason)
            {
                table.Bury(settlement.Position, reason);
            }

            if (table.Delete(settlement.Position) is { } size)
            {
                delivered += settlement.DeadReason is null ? 1 : 0;
                dead += settlement.DeadReason is null ? 0 : 1;
                freed += settlement.DeadReason is null ? size : 0;
            }
        }

        table.Count("delivered", delivered);
        table.Count("dead", dead);
        transaction.Commit();
        _bytes -= freed;
        return true;
    });

    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public OutboxStatus Status() => Use(OutboxStatusReader.Read);

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
        }
    }

    /// <summary>For tests: a file that must not grow any further stands for a disk that is full.</summary>
    internal void LimitPages(long pages) => Use(table => table.Scalar($"PRAGMA max_page_count = {pages}"));

    private void Committed(long bytes, OutboxRow? told)
    {
        _bytes += bytes + (told?.Size ?? 0);
        if (told is not null)
        {
            _losses.Told();
        }
    }

    private static IReadOnlyList<OutboxRecord> Records(List<OutboxRow> rows) => [.. rows.Select(row => row.AsRecord())];

    private T Use<T>(Func<OutboxTable, T> work)
    {
        lock (_gate)
        {
            try
            {
                if (_table is null)
                {
                    (_table, _reserve) = _opening.Open();
                    _bytes = _table.Bytes();
                }

                return work(_table);
            }
            catch (SqliteException e)
            {
                // A disk that is full keeps the connection; after anything stranger a new one tells what is the matter.
                if (e.SqliteErrorCode is not (SqliteCodes.Full or SqliteCodes.Busy or SqliteCodes.Constraint))
                {
                    _opening.Suspect |= e.SqliteErrorCode is SqliteCodes.Error or SqliteCodes.Corrupt or SqliteCodes.NotADatabase;
                    Close();
                }

                throw;
            }
            finally
            {
                if (_table is not null)
                {
                    _table.Transaction = null;
                }
            }
        }
    }

    private void Close()
    {
        _table?.Dispose();
        _table = null;
    }
}
