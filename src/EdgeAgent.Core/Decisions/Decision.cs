using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Core.Decisions;

/// <summary>
/// One thing that the agent decided, as it is stored and published; docs/schema/decision.schema.json describes it.
/// Once stored, its bytes never change.
/// </summary>
/// <param name="Id">UUIDv7, unique per decision; receivers drop duplicates by it.</param>
/// <param name="Seq">Per device, +1 per decision, never reset.</param>
/// <param name="BootId">The kernel's boot id: monotonic times compare only within one.</param>
/// <param name="AlarmId">Constant from raise to final clear; null for a notice.</param>
/// <param name="Clock">"synced" or "unsynced": whether <paramref name="At"/> can be believed.</param>
/// <param name="MonotonicMs">Milliseconds since boot.</param>
/// <param name="Kind">"machine", "sensor" or "agent".</param>
/// <param name="Event">"raised", "updated", "cleared", "notice", …</param>
/// <param name="Severity">"info", "warning" or "critical".</param>
/// <param name="Mode">The machine's operating mode, if the config tells modes.</param>
/// <param name="Code">What it is about, for sensor and agent decisions; how a machine alarm ended.</param>
/// <param name="Data">More about it, for sensor and agent decisions.</param>
public sealed record Decision(
    string Schema,
    Guid Id,
    long Seq,
    string BootId,
    Guid? AlarmId,
    string Site,
    string Device,
    string Machine,
    DateTimeOffset At,
    string Clock,
    long MonotonicMs,
    string Kind,
    string Event,
    AlarmStatus? Alarm,
    string Severity,
    double? Score,
    double? Threshold,
    DecisionWindow? Window,
    int? EvidenceVersion,
    IReadOnlyList<Evidence>? Evidence,
    IReadOnlyList<ModelIdentity>? Models,
    string? Mode,
    string? Code,
    IReadOnlyDictionary<string, string>? Data)
{
    public const string SchemaName = "edgeagent/decision/1";
}
