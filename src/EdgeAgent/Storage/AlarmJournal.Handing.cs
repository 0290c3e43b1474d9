using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <content>What the outbox has of it and what it has not.</content>
internal sealed partial class AlarmJournal
{
    /// <summary>What was written here and had not reached the outbox when the agent ended, oldest first.</summary>
    public IReadOnlyList<OutboxItem> Open()
    {
        lock (_gate)
        {
            return AlarmStatements.ReadOpen(_connection);
        }
    }

    /// <summary>The outbox has these. Losing this to a power cut costs nothing: the outbox remembers it too.</summary>
    /// <param name="seqs">As the outbox numbered them; null for a diagnosis.</param>
    public void Handed(IReadOnlyList<OutboxItem> items, IReadOnlyList<long?> seqs)
    {
        lock (_gate)
        {
            var marks = items.Zip(seqs).Where(item => item.First.Journal > 0).ToArray();
            if (marks.Length == 0)
            {
                return;
            }

            try
            {
                SqliteFile.Run(_connection, "PRAGMA synchronous = NORMAL;");
                using var transaction = new AtomicTransaction(_connection);
                foreach (var (item, seq) in marks)
                {
                    using var mark = SqliteFile.Make(
                        _connection, "UPDATE history SET handed = 1, seq = $seq WHERE n = $n", ("$seq", seq), ("$n", item.Journal));
                    mark.ExecuteNonQuery();
                }

                transaction.Commit();
            }
            catch (SqliteException)
            {
                // The next write that fails tells of it; the outbox remembers the number.
                _logHasRefused = true;
            }
            finally
            {
                SqliteFile.Run(_connection, "PRAGMA synchronous = FULL;");
            }
        }
    }
}
