using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Pipeline;

/// <summary>Records that are being taken out of the outbox, on another thread.</summary>
internal sealed class SettlingGroup
{
    private volatile bool _isDone;

    private SettlingGroup(Settlement[] settlements) => Settlements = settlements;

    public Settlement[] Settlements { get; }

    public bool IsDone => _isDone;

    /// <summary>Why the disk did not let go of them; null if it did.</summary>
    public Task<SqliteException?> Refusal { get; private set; } = Task.FromResult<SqliteException?>(null);

    public static SettlingGroup Start(Outbox outbox, Settlement[] settlements, Action done)
    {
        var group = new SettlingGroup(settlements);
        group.Refusal = Task.Run(() =>
        {
            try
            {
                return Settle(outbox, settlements);
            }
            finally
            {
                group._isDone = true;
                done();
            }
        });
        return group;
    }

    public static SqliteException? Settle(Outbox outbox, Settlement[] settlements)
    {
        try
        {
            outbox.Settle(settlements);
            return null;
        }
        catch (SqliteException refusal)
        {
            return refusal;
        }
    }
}
