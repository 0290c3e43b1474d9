using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>Opens the outbox's SQLite file: WAL, and an fsync at every commit.</summary>
internal static class OutboxDatabase
{
    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO counter VALUES ('seq', 0), ('stored', 0), ('delivered', 0), ('dead', 0);
        -- AUTOINCREMENT: a position is never reused, also after the newest row was deleted.
        CREATE TABLE outbox (
          position INTEGER PRIMARY KEY AUTOINCREMENT,
          id       TEXT    NOT NULL UNIQUE,
          kind     TEXT    NOT NULL,
          seq      INTEGER,
          severity TEXT    NOT NULL,
          made_ms  INTEGER NOT NULL,
          body     BLOB    NOT NULL);
        CREATE TABLE dead_letter (
          position INTEGER PRIMARY KEY,
          id       TEXT    NOT NULL,
          kind     TEXT    NOT NULL,
          reason   INTEGER NOT NULL,
          body     BLOB    NOT NULL);
        PRAGMA user_version = 1;
        """;

    /// <exception cref="SqliteException">The file is no database, or cannot be written.</exception>
    public static SqliteConnection Open(string path)
    {
        SqliteLibrary.Load();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        connection.Open();
        Run(connection, "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
        using var transaction = connection.BeginTransaction();
        var version = Scalar(connection, transaction, "PRAGMA user_version");
        if (version == 0)
        {
            Run(connection, Tables, transaction);
        }
        else if (version != Version)
        {
            throw new SqliteException($"{path} has schema version {version}; this agent knows {Version}", 1);
        }

        transaction.Commit();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
