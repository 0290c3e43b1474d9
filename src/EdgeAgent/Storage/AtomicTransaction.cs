using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeAgent.Storage;

/// <summary>
/// BEGIN … COMMIT, else ROLLBACK. Not the library's own transaction: when a full disk makes SQLite roll back by itself, that
/// one fails to roll back again, and its failure hides the disk's.
/// </summary>
internal sealed class AtomicTransaction : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <param name="writes">False: takes no lock that a writer would wait for.</param>
    public AtomicTransaction(SqliteConnection connection, bool writes = true)
    {
        _connection = connection;
        SqliteFile.Run(connection, writes ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED");
    }

    public void Commit() => SqliteFile.Run(_connection, "COMMIT");

    public void Dispose()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            try
            {
                SqliteFile.Run(_connection, "ROLLBACK");
            }
            catch (SqliteException)
            {
                // The disk's own error is on its way; closing the connection rolls back as well.
            }
        }
    }
}
