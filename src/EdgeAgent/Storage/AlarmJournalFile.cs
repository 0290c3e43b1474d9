using System.Text.Json;
using EdgeAgent.Core.Decisions;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>Opens the alarm journal in whatever state its file is: an agent that cannot remember still has to watch.</summary>
internal static class AlarmJournalFile
{
    /// <summary>What a journal in memory may take, whatever the config allows on the disk.</summary>
    private const long MemoryBytes = 5_000_000;

    /// <summary>A damaged file is set aside and a new one begun; one that cannot be opened is replaced by memory until the next start.</summary>
    /// <param name="handed">The highest number that the outbox remembers.</param>
    /// <param name="setAside">Where the damaged one lies now; null if it was sound.</param>
    public static AlarmJournal Open(string path, long handed, HistoryLimits limits, Moment now, out string? setAside)
    {
        setAside = null;
        try
        {
            if (TryOpen(path, handed, limits, now) is { } sound)
            {
                return sound;
            }

            setAside = $"{path}.damaged-{now.At:yyyyMMddHHmmss}";
            File.Move(path, setAside, overwrite: true);
            File.Delete(path + "-wal");
            File.Delete(path + "-shm");
            return new AlarmJournal(AlarmDatabase.Open(path), handed, limits, now);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return InMemory(path, handed, limits, now, $"{path}: {e.Message}; it is kept in memory until the next start");
        }
    }

    /// <summary>What stood is still known if it can be read, so that a full disk does not make it be raised again.</summary>
    private static AlarmJournal InMemory(string path, long handed, HistoryLimits limits, Moment now, string problem)
    {
        var journal = new AlarmJournal(
            AlarmDatabase.Open(":memory:"), handed, limits with { Bytes = Math.Min(limits.Bytes, MemoryBytes) }, now, problem);
        try
        {
            using var connection = AlarmDatabase.OpenAsItLies(path);
            journal.Record(
                [.. AlarmStatements.ReadStates(connection).Select(state => new OutboxItem.ForState(new AlarmEntry(state, Published: false)))], now);
        }
        catch (SqliteException)
        {
            // Then nothing is known: the problem says why.
        }

        return journal;
    }

    /// <returns>null if the file is damaged, as far as what is read at a start shows it.</returns>
    private static AlarmJournal? TryOpen(string path, long handed, HistoryLimits limits, Moment now)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = AlarmDatabase.Open(path);
            SqliteFile.WriteBack(connection);
            var journal = new AlarmJournal(connection, handed, limits, now);
            journal.States();
            journal.Open();
            return journal;
        }
        catch (Exception e) when (e is JsonException || (e is SqliteException broken && SqliteFile.IsDamage(broken)))
        {
            connection?.Dispose();
            return null;
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }
}
