using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage.Recovery;

/// <summary>Makes a new commands.db of what is readable in a damaged one: a command that is forgotten may have its effect twice.</summary>
internal sealed class CommandRecovery(string path)
{
    private const int Columns = 4;
    private const long MaxBytes = 10 << 20;

    private readonly Replacement _replacement = new(path);

    /// <summary>Ends what a power cut interrupted.</summary>
    public void Finish() => _replacement.Finish();

    /// <param name="open">Makes a new file.</param>
    /// <returns>The name under which the damaged one lies now.</returns>
    /// <exception cref="SqliteException">The disk refuses; the damaged files are untouched.</exception>
    /// <exception cref="IOException">The same.</exception>
    public string Run(Func<string, SqliteConnection> open, DateTimeOffset now)
    {
        var found = new Dictionary<string, (long Number, byte[] Print, byte[]? Answer)>();
        PageCarving.EachPage(path, sealedRows: false, (pages, page) =>
        {
            foreach (var (number, payload) in PageCells.OfTable(pages, page, Columns))
            {
                if (number > 0 && RecordFields.TryRead(payload, Columns) is { } fields && fields.Text(1) is { } id && fields.Blob(2) is { } print)
                {
                    found.TryAdd(id, (number, print, fields.Blob(3)));
                }
            }
        });

        _replacement.Clear();
        using (var connection = open(_replacement.Path))
        {
            using (var transaction = new AtomicTransaction(connection))
            {
                // Numbered anew: a flipped bit can give one the number of another.
                foreach (var (id, command) in found.OrderBy(pair => pair.Value.Number))
                {
                    using var insert = SqliteFile.Make(
                        connection, "INSERT INTO command (id, print, answer) VALUES ($id, $print, $answer)",
                        ("$id", id), ("$print", command.Print), ("$answer", command.Answer));
                    insert.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            SqliteFile.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return _replacement.TakePlace(now, MaxBytes);
    }
}
