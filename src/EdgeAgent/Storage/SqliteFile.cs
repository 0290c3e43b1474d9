using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>What every SQLite file of the agent is opened and spoken to with.</summary>
internal static class SqliteFile
{
    /// <summary>For files that are written: nothing that was committed is lost in a power cut.</summary>
    /// <exception cref="SqliteException">The disk does not let a log be begun: SQLite would go on without it, and say nothing.</exception>
    public static void MakeDurable(SqliteConnection connection)
    {
        Run(connection, "PRAGMA journal_mode = WAL");

        // Asked again after the file was read: the answer to the change itself comes before its fsync.
        Scalar(connection, "SELECT COUNT(*) FROM sqlite_schema");
        using var ask = Make(connection, "PRAGMA journal_mode");
        if (ask.ExecuteScalar() is not ("wal" or "memory") and var mode)
        {
            throw new SqliteException($"{connection.DataSource}: no write-ahead log can be begun, it stays at {mode}", SqliteCodes.InputOutput);
        }

        Run(connection, "PRAGMA synchronous = FULL");
        SyncFolderOf(connection);
    }

    /// <exception cref="SqliteException">The file is no database, or cannot be opened so.</exception>
    public static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        SqliteLibrary.Load();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Run(connection, "PRAGMA busy_timeout = 5000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <param name="parameters">null is stored as NULL.</param>
    public static SqliteCommand Make(
        SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
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

    /// <summary>Whether the file itself is broken, and not the disk or the rights.</summary>
    public static bool IsDamage(SqliteException problem) => problem.SqliteErrorCode is SqliteCodes.Corrupt or SqliteCodes.NotADatabase;

    /// <summary>
    /// Whether a connection goes on after a failure as if the transaction had never begun. Closing it would be worse: after an fsync
    /// that failed, the transaction that was refused lies whole in the kernel's memory, and a new connection takes it for stored.
    /// </summary>
    public static bool LeavesSound(SqliteException problem) =>
        problem.SqliteErrorCode is SqliteCodes.Full or SqliteCodes.Busy or SqliteCodes.Constraint
        || problem.SqliteExtendedErrorCode is SqliteCodes.WriteFailed or SqliteCodes.SyncFailed or SqliteCodes.FolderSyncFailed or SqliteCodes.TruncateFailed;

    /// <summary>
    /// Writes what is in the log into the database, with fsync. At a start: if an fsync of the log failed before, the kernel shows what is not on
    /// the disk, and no later fsync of the log would write it.
    /// </summary>
    /// <exception cref="SqliteException">The disk is read-only or broken.</exception>
    public static void WriteBack(SqliteConnection connection)
    {
        try
        {
            Run(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteCodes.Full)
        {
            // No room to write it twice: a full disk must not keep the agent from reading what it has.
        }
    }

    /// <summary>
    /// Begins the log anew. After a failure: what is left in it of the transaction that was refused would look like a damaged one at the
    /// next start.
    /// </summary>
    /// <returns>False if the disk did not let it, or somebody reads; nothing is lost then.</returns>
    public static bool TryBeginLogAnew(SqliteConnection connection)
    {
        try
        {
            return Scalar(connection, "PRAGMA wal_checkpoint(RESTART)") == 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>The log has just got its name. SQLite syncs the folder for it as well, and says nothing when that fails.</summary>
    private static void SyncFolderOf(SqliteConnection connection)
    {
        if (Path.GetDirectoryName(connection.DataSource) is { Length: > 0 } folder)
        {
            try
            {
                DurableFile.SyncDirectory(folder);
            }
            catch (IOException e)
            {
                throw new SqliteException(e.Message, SqliteCodes.InputOutput);
            }
        }
    }
}
