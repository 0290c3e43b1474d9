using System.Text.Json;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage.Recovery;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>Opens the alarm journal in whatever state its file is: an agent that cannot remember still has to watch.</summary>
internal static class AlarmJournalFile
{
    /// <summary>What a journal in memory may take, whatever the config allows on the disk.</summary>
    private const long MemoryBytes = 5_000_000;

    /// <summary>
    /// A damaged file is set aside, and what is readable in it goes on in a new one; one that cannot be opened is replaced by memory until
    /// the next start.
    /// </summary>
    /// <param name="handed">The highest number that the outbox remembers.</param>
    /// <param name="salvage">What became of a damaged one; null if it was sound.</param>
    public static AlarmJournal Open(string path, long handed, HistoryLimits limits, Moment now, out AlarmSalvage? salvage)
    {
        salvage = null;
        try
        {
            var recovery = new AlarmRecovery(path, limits);
            recovery.Finish();
            var wrong = DatabaseInspection.OfBytes(path, AlarmDatabase.IsKnown);
            if (wrong is null && TryOpen(path, handed, limits, now, out wrong) is { } sound)
            {
                return sound;
            }

            salvage = recovery.Run(wrong!, now);
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

    /// <param name="wrong">What is wrong with the file if it is damaged, as far as a start shows it.</param>
    /// <returns>null if it is damaged.</returns>
    private static AlarmJournal? TryOpen(string path, long handed, HistoryLimits limits, Moment now, out string? wrong)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = AlarmDatabase.Open(path);
            wrong = DatabaseInspection.OfContent(connection, quickly: true);
            if (wrong is null)
            {
                SqliteFile.WriteBack(connection);
                var journal = new AlarmJournal(connection, handed, limits, now);
                journal.States();
                journal.Open();
                return journal;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidCastException or InvalidOperationException || (e is SqliteException broken && SqliteFile.IsDamage(broken)))
        {
            wrong = e.Message.ReplaceLineEndings(" ");
        }
        catch
        {
            connection?.Dispose();
            throw;
        }

        connection?.Dispose();
        return null;
    }
}
