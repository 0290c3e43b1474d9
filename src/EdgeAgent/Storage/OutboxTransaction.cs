using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeAgent.Storage;

/// <summary>
/// BEGIN … COMMIT, else ROLLBACK. Not the library's own transaction: when a full disk makes SQLite roll back by itself, that
/// one fails to roll back again, and its failure hides the disk's.
/// </summary>
internal sealed class OutboxTransaction : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <param name="writes">False: takes no lock that a writer would wait for.</param>
    public OutboxTransaction(SqliteConnection connection, bool writes = true)
    {
        _connection = connection;
        Run(writes ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED");
    }

    public void Commit() => Run("COMMIT");

    public void Dispose()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            try
            {
                Run("ROLLBACK");
            }
            catch (SqliteException)
            {
                // The disk's own error is on its way; closing the connection rolls back as well.
            }
        }
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
