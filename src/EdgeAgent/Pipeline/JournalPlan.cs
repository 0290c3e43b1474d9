using System.Globalization;
using EdgeAgent.Alarms;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>Opens the alarm journal for a pipeline, and says what became of one that was damaged.</summary>
internal static class JournalPlan
{
    /// <param name="notices">Takes what there is to tell.</param>
    public static AlarmJournal Open(
        string path, Outbox outbox, HistoryLimits limits, DecisionMaker decisions, Moment now, List<Decision> notices, ILogger<AlarmJournal> log)
    {
        var journal = AlarmJournalFile.Open(path, LastJournal(outbox), limits, now, out var salvage);
        if (salvage is not null)
        {
            AlarmLog.JournalReplaced(log, path, salvage.SetAside, salvage.Standing, salvage.History);
            var facts = new Dictionary<string, string>
            {
                ["setAside"] = salvage.SetAside,
                ["why"] = salvage.Why,
                ["standing"] = salvage.Standing.ToString(CultureInfo.InvariantCulture),
                ["history"] = salvage.History.ToString(CultureInfo.InvariantCulture),
                ["damaged"] = salvage.Damaged.ToString(CultureInfo.InvariantCulture),
            };
            notices.Add(decisions.Notice("alarm-journal-replaced", Severity.Warning, facts, now));
        }

        return journal;
    }

    /// <summary>A disk that refuses now: whatever the journal has not marked is handed over again, under the same ids.</summary>
    private static long LastJournal(Outbox outbox)
    {
        try
        {
            return outbox.LastJournal();
        }
        catch (SqliteException)
        {
            return 0;
        }
    }
}
