using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// What a broker has answered for and the disk has not let go of yet. A full disk refuses deletions too: without this, every
/// new connection would send the same records again.
/// </summary>
internal sealed class AcknowledgedRecords(Outbox outbox, PipelineCounters counters, ILogger log)
{
    private readonly Dictionary<long, Settlement> _settlements = [];
    private bool _told;

    public int Count => _settlements.Count;

    public bool IsEmpty => _settlements.Count == 0;

    public bool Contains(long position) => _settlements.ContainsKey(position);

    public void Add(Settlement settlement) => _settlements[settlement.Position] = settlement;

    /// <summary>Takes them out of the outbox, or keeps them for the next try.</summary>
    public void TrySettle()
    {
        if (IsEmpty)
        {
            return;
        }

        try
        {
            outbox.Settle([.. _settlements.Values]);
            counters.Deliver(_settlements.Values.Count(settlement => settlement.DeadReason is null));
            _settlements.Clear();
            _told = false;
        }
        catch (SqliteException e)
        {
            // Going on is safe: they are not sent again while this agent runs.
            if (!_told)
            {
                _told = true;
                PipelineLog.NotTakenOut(log, _settlements.Count, e.Message);
            }
        }
    }
}
