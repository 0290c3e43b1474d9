using System.Globalization;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// The times in which the disk refuses: told in the log at once, and by two notices as soon as they can be stored. At most
/// one such pair in a minute, so that a disk at its limit does not fill itself with notices.
/// </summary>
internal sealed class StorageTrouble(OutboxNotice notice, TimeProvider time, ILogger<StoreLoop> log)
{
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromMinutes(1);

    private string _state = StorageSign.Ok;
    private long? _since;
    private long? _toldAt;
    private bool _told;
    private int _failures;
    private int _mostHeld;
    private long _lost;

    /// <summary>From the first refusal until everything that was held is stored.</summary>
    public bool IsOn => _since is not null;

    /// <summary>For the <see cref="StorageSign"/>.</summary>
    public string State => IsOn ? _state : StorageSign.Ok;

    /// <param name="held">Gets the notice, to be stored with the rest.</param>
    public void Happened(SqliteException refusal, HeldItems held)
    {
        _failures++;
        _mostHeld = Math.Max(_mostHeld, held.Count);
        _lost = held.Lost.Count;
        if (IsOn)
        {
            return;
        }

        PipelineLog.StorageFailing(log, refusal.Message, held.Count);
        _since = time.GetTimestamp();
        _state = refusal.SqliteErrorCode == SqliteCodes.Full ? StorageSign.Full : StorageSign.Failing;
        _told = _toldAt is not { } before || time.GetElapsedTime(before) >= BetweenNotices;
        if (_told)
        {
            _toldAt = _since;
            var now = time.GetUtcNow();
            held.Add(new OutboxItem.ForDecision(notice($"storage-{_state}", Severity.Warning, new Dictionary<string, string> { ["why"] = refusal.Message })), now);
        }
    }

    /// <summary>Something was stored; ends the trouble when nothing is held any more.</summary>
    /// <param name="held">Gets the notice, to be stored next.</param>
    public void Over(HeldItems held)
    {
        if (_since is not { } since || held.Count > 0)
        {
            return;
        }

        _since = null;
        PipelineLog.StorageRecovered(log, _failures);
        if (_told)
        {
            var data = new Dictionary<string, string>
            {
                ["failedForSeconds"] = time.GetElapsedTime(since).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),
                ["mostHeld"] = _mostHeld.ToString(CultureInfo.InvariantCulture),
                ["lost"] = _lost.ToString(CultureInfo.InvariantCulture),
            };
            held.Add(new OutboxItem.ForDecision(notice("storage-recovered", Severity.Info, data)), time.GetUtcNow());
        }

        (_failures, _mostHeld, _lost) = (0, 0, 0);
    }
}
