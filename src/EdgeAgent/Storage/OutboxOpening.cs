using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>Opens the outbox's files.</summary>
internal sealed class OutboxOpening(string path, OutboxSettings settings)
{
    /// <summary>The database was found damaged while it was open.</summary>
    public bool Suspect { get; set; }

    /// <exception cref="SqliteException">The disk is full, read-only or broken.</exception>
    /// <exception cref="InvalidDataException">A newer agent made the file.</exception>
    public (OutboxTable Table, SequenceReserve Reserve) Open()
    {
        _ = settings;
        var reserve = new SequenceReserve(Path.ChangeExtension(path, ".seq"));
        return (new OutboxTable(OutboxDatabase.Open(path)), reserve);
    }
}
