using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <content>What waits in it.</content>
internal sealed partial class Outbox
{
    /// <summary>Waiting records behind a position, oldest first.</summary>
    /// <param name="until">The last position that is wanted.</param>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public IReadOnlyList<OutboxRecord> ReadAfter(long position, int most, long until = long.MaxValue) => _file.Use(table => Records(table.Read(
        "WHERE position > $after AND position <= $until ORDER BY position LIMIT $most", ("$after", position), ("$until", until), ("$most", most))));

    /// <summary>Waiting records of one alarm that were stored before a position, oldest first.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public IReadOnlyList<OutboxRecord> ReadOfAlarm(string alarm, long before, int most) => _file.Use(table => Records(table.Read(
        "WHERE alarm = $alarm AND position < $before ORDER BY position LIMIT $most", ("$alarm", alarm), ("$before", before), ("$most", most))));

    /// <summary>Whether a record is sent so late that its receivers are to be told.</summary>
    public bool IsHistorical(OutboxRecord record) => _ages.IsOld(record.Position, record.MadeAtMs);

    /// <summary>The highest number of the alarm journal that ever was committed here.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public long LastJournal() => _file.Use(table => table.Counter(JournalCounter));

    /// <summary>The newest position that was ever given.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public long NewestPosition() => _file.Use(table => table.NewestPosition());

    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public OutboxStatus Status() => _file.Use(OutboxStatusReader.Read);

    private static IReadOnlyList<OutboxRecord> Records(List<OutboxRow> rows) => [.. rows.Select(row => row.AsRecord())];
}
