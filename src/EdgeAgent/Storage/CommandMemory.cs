using EdgeAgent.Commanding;
using EdgeAgent.Storage.Recovery;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>
/// The newest commands in a SQLite file, with an fsync at every commit. It is bounded by number and not by age, because an
/// age would have to be told from a clock that is not trusted. The file is opened at first use and again after a failure: a
/// full disk keeps commands from being carried out, never the agent from starting. For one caller at a time.
/// </summary>
/// <param name="most">Commands that are remembered.</param>
internal sealed class CommandMemory(string path, int most, TimeProvider? time = null) : ICommandMemory, IDisposable
{
    private const string Table = """
        CREATE TABLE IF NOT EXISTS command (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          id     TEXT NOT NULL UNIQUE,
          print  BLOB NOT NULL,
          answer BLOB);
        """;

    private SqliteConnection? _connection;
    private bool _logHasRefused;
    private string? _suspect;

    public Remembered Begin(string id, byte[] print, bool write)
    {
        try
        {
            var connection = Opened();
            using var transaction = new AtomicTransaction(connection);
            var found = Find(connection, id, print);
            if (found.State == RememberedState.New && write)
            {
                using var insert = SqliteFile.Make(connection, "INSERT INTO command (id, print) VALUES ($id, $print)", ("$id", id), ("$print", print));
                insert.ExecuteNonQuery();
                using var forget = SqliteFile.Make(
                    connection, "DELETE FROM command WHERE number <= (SELECT MAX(number) FROM command) - $most", ("$most", most));
                forget.ExecuteNonQuery();
            }

            transaction.Commit();
            return found;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return new Remembered(RememberedState.Trouble, Trouble: Give(e));
        }
    }

    public string? Finish(string id, byte[] answer)
    {
        try
        {
            using var command = SqliteFile.Make(Opened(), "UPDATE command SET answer = $answer WHERE id = $id", ("$id", id), ("$answer", answer));
            command.ExecuteNonQuery();
            _logHasRefused = _logHasRefused && !SqliteFile.TryBeginLogAnew(Opened());
            return null;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return Give(e);
        }
    }

    public void Dispose() => _connection?.Dispose();

    private static Remembered Find(SqliteConnection connection, string id, byte[] print)
    {
        using var command = SqliteFile.Make(connection, "SELECT print, answer FROM command WHERE id = $id", ("$id", id));
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return new Remembered(RememberedState.New);
        }

        return !reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(print) ? new Remembered(RememberedState.OtherContent)
            : reader.IsDBNull(1) ? new Remembered(RememberedState.Unanswered)
            : new Remembered(RememberedState.Answered, reader.GetFieldValue<byte[]>(1));
    }

    private SqliteConnection Opened()
    {
        if (_connection is not null)
        {
            return _connection;
        }

        new CommandRecovery(path).Finish();
        var wrong = _suspect ?? DatabaseInspection.OfBytes(path, (version, mark) => version == 0 && mark == 0);
        if (wrong is null)
        {
            var connection = Open(path);
            wrong = DatabaseInspection.OfContent(connection, quickly: true);
            if (wrong is null)
            {
                SqliteFile.WriteBack(connection);
                return _connection = connection;
            }

            connection.Dispose();
        }

        throw new IOException(Mend(wrong));
    }

    /// <summary>The command at hand is not carried out, so that somebody hears of it; the next one finds the new file.</summary>
    private string Mend(string wrong)
    {
        _suspect = wrong;
        var aside = new CommandRecovery(path).Run(Open, (time ?? TimeProvider.System).GetUtcNow());
        _suspect = null;
        return $"was damaged ({wrong}) and is now {aside}; what was readable of it is still remembered";
    }

    private static SqliteConnection Open(string path)
    {
        var connection = SqliteFile.Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            SqliteFile.Run(connection, $"PRAGMA page_size = {DatabasePages.PageSize}");
            SqliteFile.MakeDurable(connection);
            SqliteFile.Run(connection, Table);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the file, unless the disk just refused to write, so that the next command opens it anew, and mends it.</summary>
    private string Give(Exception problem)
    {
        _logHasRefused = true;
        if (problem is not SqliteException refused || !SqliteFile.LeavesSound(refused))
        {
            _connection?.Dispose();
            _connection = null;
        }

        return $"{path}: {(problem is SqliteException broken && SqliteFile.IsDamage(broken) ? TryMend(broken) : problem.Message)}";
    }

    private string TryMend(SqliteException broken)
    {
        try
        {
            return Mend(broken.Message);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
