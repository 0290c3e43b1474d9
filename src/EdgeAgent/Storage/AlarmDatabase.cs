using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>
/// Opens alarms.db: where every alarm stands, and what was decided and said about it. WAL, and an fsync at every commit that
/// matters.
/// </summary>
internal static class AlarmDatabase
{
    private const int Version = 1;
    private const int Corrupt = 11; // SQLITE_CORRUPT
    private const int NoDatabase = 26; // SQLITE_NOTADB

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

    /// <exception cref="SqliteException">The file is no database, of another version, or cannot be written.</exception>
    public static SqliteConnection Open(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Run(connection, "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            var version = Scalar(connection, "PRAGMA user_version");
            if (version == 0)
            {
                Atomically(connection, () => Run(connection, Tables));
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

    /// <summary>Whether the file itself is broken, and not the disk or the rights.</summary>
    public static bool IsDamage(SqliteException problem) => problem.SqliteErrorCode is Corrupt or NoDatabase;

    /// <exception cref="SqliteException">The file is no database, or cannot be read.</exception>
    public static SqliteConnection OpenToRead(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadOnly);
        Run(connection, "PRAGMA busy_timeout = 5000;");
        return connection;
    }

    /// <summary>
    /// For a disk on which nothing can be written, not even what SQLite needs to read: the file without its log. That is all
    /// there is after an orderly stop; after a kill the log usually still lets the file be opened as ever.
    /// </summary>
    /// <exception cref="SqliteException">The file is no database, or cannot be read.</exception>
    public static SqliteConnection OpenAsItLies(string path) =>
        Connect($"file:{Uri.EscapeDataString(Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1", SqliteOpenMode.ReadOnly);

    /// <summary>
    /// All of it or nothing. Not the library's own transaction: when a full disk makes SQLite roll back by itself, that one
    /// neither ends nor lets another begin.
    /// </summary>
    /// <exception cref="SqliteException">The disk is full, read-only or broken; nothing was written.</exception>
    public static void Atomically(SqliteConnection connection, Action work)
    {
        Run(connection, "BEGIN IMMEDIATE");
        try
        {
            work();
            Run(connection, "COMMIT");
        }
        catch
        {
            try
            {
                Run(connection, "ROLLBACK");
            }
            catch (SqliteException)
            {
                // SQLite has done so already.
            }

            throw;
        }
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        SqliteLibrary.Load();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
