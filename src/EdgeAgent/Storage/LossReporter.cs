using EdgeAgent.Core.Outbox;

namespace EdgeAgent.Storage;

/// <summary>
/// Keeps losses in the database until one notice tells them all: not while an earlier notice still waits, and not twice
/// within a minute, so that losses never become a flood of their own.
/// </summary>
internal sealed class LossReporter(OutboxSettings settings)
{
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromMinutes(1);

    private long? _toldAt;

    /// <summary>Runs inside the transaction that throws away.</summary>
    /// <param name="more">What was just lost.</param>
    /// <param name="seq">The last sequence number; one higher if a notice was made.</param>
    /// <returns>The notice, inserted; null if there is nothing to tell, or not yet.</returns>
    public OutboxRow? Tell(OutboxTable table, LossTally more, ref long seq, DateTimeOffset now, bool synced)
    {
        var tally = table.Losses();
        tally.Add(more);
        if (tally.IsEmpty)
        {
            return null;
        }

        if (!IsDue(table))
        {
            if (!more.IsEmpty)
            {
                table.SetLosses(tally);
            }

            return null;
        }

        table.SetLosses(new LossTally());
        var notice = settings.Notice!("records-lost", tally.Severity, tally.Data()) with { Seq = ++seq };
        var row = OutboxRow.Of(notice, EvictionRank.Never, now, synced);
        return row with { Position = table.Insert(row) };
    }

    /// <summary>The transaction with the notice was committed.</summary>
    public void Told() => _toldAt = settings.Time.GetTimestamp();

    private bool IsDue(OutboxTable table) =>
        settings.Notice is not null
        && (_toldAt is not { } told || settings.Time.GetElapsedTime(told) >= BetweenNotices)
        && table.Scalar("SELECT COUNT(*) FROM outbox WHERE rank = $never", ("$never", EvictionRank.Never)) == 0;
}
