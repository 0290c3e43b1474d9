using EdgeAgent.Storage.Recovery;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>Opens the outbox's files; what is damaged is put aside, and what was readable in it goes on in a new file.</summary>
internal sealed class OutboxOpening(string path, OutboxSettings settings)
{
    /// <summary>The database was found damaged while it was open.</summary>
    public bool Suspect { get; set; }

    /// <exception cref="SqliteException">The disk is full, read-only or broken.</exception>
    /// <exception cref="InvalidDataException">A newer agent made the file.</exception>
    public (OutboxTable Table, SequenceReserve Reserve) Open()
    {
        try
        {
            var reserve = new SequenceReserve(Path.ChangeExtension(path, ".seq"));
            var recovery = new OutboxRecovery(path, settings, reserve);
            recovery.Finish();
            var wrong = Suspect ? "it could not be read" : DatabaseInspection.OfBytes(path, OutboxDatabase.IsKnown);
            if (wrong is null && TryOpen(reserve, out var table, out wrong))
            {
                return (table!, reserve);
            }

            recovery.Run(wrong!);
            Suspect = false;
            return (new OutboxTable(OutboxDatabase.Open(path)), reserve);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SqliteException($"{path}: {e.Message}", SqliteCodes.InputOutput);
        }
    }

    private bool TryOpen(SequenceReserve reserve, out OutboxTable? table, out string? wrong)
    {
        table = null;
        try
        {
            var existed = File.Exists(path);
            var connection = OutboxDatabase.Open(path);
            table = new OutboxTable(connection);
            wrong = DatabaseInspection.OfContent(connection);
            if (!existed && reserve.Reserved > 0)
            {
                wrong = "the database is gone";
            }
            else if (wrong is null && !reserve.Fits(table.Counter("seq")))
            {
                wrong = "its last sequence number cannot be right";
            }

            if (wrong is null)
            {
                SqliteFile.WriteBack(connection);
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteCodes.Error or SqliteCodes.Corrupt or SqliteCodes.NotADatabase or SqliteCodes.Schema or SqliteCodes.Mismatch)
        {
            wrong = e.Message;
        }

        if (wrong is not null)
        {
            table?.Dispose();
        }

        return wrong is null;
    }
}
