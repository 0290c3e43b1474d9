using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>Opens the outbox's SQLite file: WAL, and an fsync at every commit.</summary>
internal static class OutboxDatabase
{
    public const int Version = 2;

    /// <summary>The file's application id is this plus its version: a version that does not fit it is damage, not a newer agent.</summary>
    public const int Mark = 0x0EA60000;

    /// <summary>So much of a log that was written out stays as room for the next commits, also on a disk that is full.</summary>
    private const int KeptLogBytes = 4 << 20;

    private const string Counters = """
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO counter VALUES ('seq', 0), ('stored', 0), ('delivered', 0), ('dead', 0);
        """;

    private const string MoreCounters = """
        INSERT INTO counter VALUES ('evicted', 0), ('drained', 0), ('damaged', 0), ('written', 0), ('written_s', 0);
        """;

    /// <summary>The body comes last: what is asked of the other columns does not read the pages that hold long bodies.</summary>
    private const string Tables = """
        -- AUTOINCREMENT: a position is never reused, also after the newest row was deleted.
        CREATE TABLE outbox (
          position INTEGER PRIMARY KEY AUTOINCREMENT,
          id       TEXT    NOT NULL UNIQUE,
          kind     TEXT    NOT NULL,
          seq      INTEGER,
          severity TEXT    NOT NULL,
          rank     INTEGER NOT NULL,
          alarm    TEXT,
          parent   TEXT,
          synced   INTEGER NOT NULL,
          made_ms  INTEGER NOT NULL,
          size     INTEGER NOT NULL,
          seal     INTEGER NOT NULL,
          body     BLOB    NOT NULL);
        CREATE INDEX outbox_by_rank ON outbox (rank, position, size, synced, made_ms);
        CREATE INDEX outbox_by_alarm ON outbox (alarm, position) WHERE alarm IS NOT NULL;
        CREATE TABLE dead_letter (
          position INTEGER PRIMARY KEY,
          id       TEXT    NOT NULL,
          kind     TEXT    NOT NULL,
          reason   INTEGER NOT NULL,
          size     INTEGER NOT NULL,
          body     BLOB    NOT NULL);
        -- Losses that no notice has told yet.
        CREATE TABLE loss (
          reason TEXT NOT NULL, severity TEXT NOT NULL, count INTEGER NOT NULL,
          first_seq INTEGER, last_seq INTEGER, first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL,
          PRIMARY KEY (reason, severity)) WITHOUT ROWID;
        PRAGMA application_id = 0x0EA60002;
        PRAGMA user_version = 2;
        """;

    /// <summary>Version 1 had no mark.</summary>
    public static bool IsKnown(uint version, uint mark) => (version <= 1 && mark == 0) || mark == Mark + version;

    /// <exception cref="SqliteException">The file is no database, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">A newer agent made it.</exception>
    public static SqliteConnection Open(string path)
    {
        var connection = SqliteFile.Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            SqliteFile.Run(connection, $"PRAGMA page_size = {Recovery.DatabasePages.PageSize}");
            SqliteFile.MakeDurable(connection);
            SqliteFile.Run(connection, $"PRAGMA journal_size_limit = {KeptLogBytes}");
            var version = SqliteFile.Scalar(connection, "PRAGMA user_version");
            if (version > Version)
            {
                throw new InvalidDataException($"{path} has schema version {version}; this agent knows {Version}");
            }

            if (version < Version)
            {
                using var transaction = new AtomicTransaction(connection);
                if (version == 0)
                {
                    SqliteFile.Run(connection, Counters + MoreCounters + Tables);
                }
                else
                {
                    SqliteFile.Run(connection, "ALTER TABLE outbox RENAME TO outbox_1; ALTER TABLE dead_letter RENAME TO dead_letter_1;" + MoreCounters + Tables);
                    OutboxMigration.FromVersion1(new OutboxTable(connection));
                    SqliteFile.Run(connection, "DROP TABLE outbox_1; DROP TABLE dead_letter_1");
                }

                transaction.Commit();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// For looking at it, also beside a running agent: changes nothing, repairs nothing. Read-only, or SQLite would write the log back
    /// at the end, and cut off what lies behind a damaged place.
    /// </summary>
    /// <exception cref="SqliteException">The file is no database, or cannot be read.</exception>
    public static SqliteConnection OpenToLook(string path) => SqliteFile.Connect(path, SqliteOpenMode.ReadOnly);
}
