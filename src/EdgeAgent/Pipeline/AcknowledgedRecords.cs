using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// What a broker has answered for and the disk has not let go of yet. Taken out in groups, each with one commit, beside the sending. A full
/// disk refuses deletions too: without this, every new connection would send the same records again. Belongs to one loop.
/// </summary>
internal sealed class AcknowledgedRecords(Outbox outbox, PipelineCounters counters, ILogger log)
{
    private readonly Dictionary<long, Settlement> _settlements = [];
    private SettlingGroup? _settling;
    private int _refused;
    private bool _told;

    public int Count => _settlements.Count;

    public bool IsEmpty => _settlements.Count == 0;

    /// <summary>Without those that the disk has refused to let go of: a broker gets what waits also while the disk is full.</summary>
    public int Fresh => _settlements.Count - _refused;

    public bool IsSettling => _settling is not null;

    public bool Contains(long position) => _settlements.ContainsKey(position);

    public void Add(Settlement settlement) => _settlements[settlement.Position] = settlement;

    /// <summary>Begins to take out all that there is; <see cref="CollectAsync"/> sees the end.</summary>
    /// <param name="done">Called from another thread when it is over.</param>
    public void StartSettling(Action done) => _settling = SettlingGroup.Start(outbox, [.. _settlements.Values], done);

    /// <summary>Does not wait for what is still being taken out.</summary>
    public async ValueTask CollectAsync()
    {
        if (_settling is { IsDone: true })
        {
            await FinishAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits until what is being taken out is out, or the disk has refused.</summary>
    public async ValueTask FinishAsync()
    {
        if (_settling is { } settling)
        {
            _settling = null;
            Settled(settling.Settlements, await settling.Refusal.ConfigureAwait(false));
        }
    }

    /// <summary>Takes them out of the outbox, or keeps them for the next try. Not while <see cref="IsSettling"/>.</summary>
    public void TrySettle()
    {
        if (!IsEmpty)
        {
            Settlement[] all = [.. _settlements.Values];
            Settled(all, SettlingGroup.Settle(outbox, all));
        }
    }

    private void Settled(Settlement[] settlements, SqliteException? refusal)
    {
        if (refusal is null)
        {
            counters.Deliver(settlements.Count(settlement => settlement.DeadReason is null));
            foreach (var settlement in settlements)
            {
                _settlements.Remove(settlement.Position);
            }

            _refused = 0;
            _told = false;
            return;
        }

        // Going on is safe: they are not sent again while this agent runs.
        _refused = settlements.Length;
        if (!_told)
        {
            _told = true;
            PipelineLog.NotTakenOut(log, _settlements.Count, refusal.Message);
        }
    }
}
