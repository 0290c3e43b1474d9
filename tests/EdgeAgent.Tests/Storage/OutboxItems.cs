using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage;

/// <summary>Things to store.</summary>
internal static class OutboxItems
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static OutboxItem.ForDecision Decision(
        string severity = "info", string kind = "agent", string happened = "notice", Guid? alarm = null, int padding = 0) => new(new Decision(
        Core.Decisions.Decision.SchemaName, Guid.CreateVersion7(Now), 0, "boot", alarm, "site", "device", "machine", Now, "synced", 1, kind, happened,
        null, severity, null, null, null, null, null, null, null, "test" + new string('x', padding), null));

    public static OutboxItem.ForDecision Raised(string severity, Guid alarm) => Decision(severity, "machine", "raised", alarm);

    public static OutboxItem.ForDiagnosis DiagnosisOf(OutboxItem.ForDecision raised) => new(
        new Diagnosis(
            Diagnosis.CurrentSchema, Guid.CreateVersion7(Now), raised.Decision.AlarmId!.Value, raised.Decision.Id, "unknown", 0.5, [], "s", "e", [],
            "en", Diagnosis.AuthorTemplate, true, 1, null),
        raised.Decision.Severity);

    /// <summary>How the agent words a notice about its outbox.</summary>
    public static Decision Notice(string code, Severity severity, IReadOnlyDictionary<string, string> data) =>
        Decision(severity.ToString().ToLowerInvariant()).Decision with { Code = code, Data = data };
}
