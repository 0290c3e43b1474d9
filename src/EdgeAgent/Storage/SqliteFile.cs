using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>What every SQLite file of the agent is opened and spoken to with.</summary>
internal static class SqliteFile
{
    /// <summary>For files that are written: nothing that was committed is lost in a power cut.</summary>
    public const string Durable = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

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
}
