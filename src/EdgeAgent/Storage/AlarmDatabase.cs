using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>
/// Opens alarms.db: where every alarm stands, and what was decided and said about it. WAL, and an fsync at every commit that
/// matters.
/// </summary>
internal static class AlarmDatabase
{
    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE standing (
          kind  TEXT NOT NULL,
          name  TEXT NOT NULL,
          state BLOB NOT NULL,
          PRIMARY KEY (kind, name)) WITHOUT ROWID;
        -- n counts on over deletions, and never runs behind what the outbox remembers of it.
        CREATE TABLE history (
          n         INTEGER PRIMARY KEY,
          alarm_id  TEXT    NOT NULL,
          schema    TEXT    NOT NULL, -- "decision" or "diagnosis"
          made_ms   INTEGER NOT NULL,
          synced    INTEGER NOT NULL, -- 1 = made_ms can be believed
          severity  TEXT    NOT NULL,
          published INTEGER NOT NULL, -- 0 = shelved or suppressed: never meant for the outbox
          handed    INTEGER NOT NULL, -- 1 = the outbox has it, or need not have it
          seq       INTEGER,          -- as the outbox numbered it
          body      BLOB    NOT NULL);
        CREATE INDEX history_alarm ON history (alarm_id);
        CREATE INDEX history_open ON history (n) WHERE handed = 0;
        CREATE TABLE feedback (
          alarm_id TEXT PRIMARY KEY,
          at_ms    INTEGER NOT NULL,
          verdict  TEXT    NOT NULL,
          who      TEXT,
          comment  TEXT) WITHOUT ROWID;
        PRAGMA user_version = 1;
        """;

    /// <summary>A newer agent's version is no damage, unless it is one that no agent ever comes to.</summary>
    public static bool IsKnown(uint version, uint mark) => version < 1000 && mark == 0;

    /// <exception cref="SqliteException">The file is no database, of another version, or cannot be written.</exception>
    public static SqliteConnection Open(string path)
    {
        var connection = SqliteFile.Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            SqliteFile.Run(connection, $"PRAGMA page_size = {Recovery.DatabasePages.PageSize}");
            SqliteFile.MakeDurable(connection);
            var version = SqliteFile.Scalar(connection, "PRAGMA user_version");
            if (version == 0)
            {
                using var transaction = new AtomicTransaction(connection);
                SqliteFile.Run(connection, Tables);
                transaction.Commit();
            }
            else if (version != Version)
            {
                throw new SqliteException($"{path} has schema version {version}; this agent knows {Version}", 1);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <exception cref="SqliteException">The file is no database, or cannot be read.</exception>
    public static SqliteConnection OpenToRead(string path) => SqliteFile.Connect(path, SqliteOpenMode.ReadOnly);

    /// <summary>
    /// For a disk on which nothing can be written, not even what SQLite needs to read: the file without its log. That is all
    /// there is after an orderly stop; after a kill the log usually still lets the file be opened as ever.
    /// </summary>
    /// <exception cref="SqliteException">The file is no database, or cannot be read.</exception>
    public static SqliteConnection OpenAsItLies(string path) =>
        SqliteFile.Connect($"file:{Uri.EscapeDataString(Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1", SqliteOpenMode.ReadOnly);
}
