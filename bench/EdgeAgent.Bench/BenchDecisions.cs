using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Storage;

namespace EdgeAgent.Bench;

/// <summary>Decisions of the size and shape that a pump's alarms have, about 1 KB each.</summary>
internal static class BenchDecisions
{
    public const string Site = "plant-1";
    public const string Device = "pump-1";

    private static readonly string[] Life = ["raised", "updated", "acknowledged", "cleared"];
    private static readonly ModelIdentity[] Models = [new("process-anomaly", "0.2.0", new string('a', 64))];

    /// <summary>One that belongs to nothing before or after it.</summary>
    public static OutboxItem.ForDecision Notice() => new(Make(null, "agent", "notice", "info", 0) with { Code = "drift" });

    /// <summary>Alarms one after another, each from its raise to its end: four decisions that must arrive in this order.</summary>
    public static IEnumerable<OutboxItem.ForDecision> Alarms(int decisions)
    {
        var alarm = Guid.Empty;
        for (var i = 0; i < decisions; i++)
        {
            alarm = i % Life.Length == 0 ? Guid.CreateVersion7() : alarm;
            yield return new OutboxItem.ForDecision(Make(alarm, "machine", Life[i % Life.Length], "warning", i));
        }
    }

    /// <summary>A raise as the detector hands it over: with where the machine stands for the alarm journal.</summary>
    public static OutboxItem.ForDecision Raised(int number)
    {
        var made = Make(Guid.CreateVersion7(), "machine", "raised", "warning", number);
        var alarm = new AlarmRecord(made.AlarmId!.Value, AlarmPhase.UnacknowledgedActive, Severity.Warning, null, made.Score, made.At);
        return new OutboxItem.ForDecision(made, new AlarmEntry(new SourceState(AlarmSource.Machine(made.Machine), alarm, null), Published: true));
    }

    private static Decision Make(Guid? alarm, string kind, string happened, string severity, int number)
    {
        var at = DateTimeOffset.UtcNow;
        return new Decision(
            Decision.SchemaName, Guid.CreateVersion7(), 0, "6f1de9a8-1f4c-4f0e-9d55-0c2f3f0a7b11", alarm, Site, Device, "cooling-pump", at, "synced",
            Environment.TickCount64, kind, happened, alarm is null ? null : new AlarmStatus(happened != "cleared", happened == "acknowledged", false, null),
            severity, 1.25 + (number % 100 * 0.01), 1, new DecisionWindow(at.AddSeconds(-8), at), Core.Diagnosis.Evidence.Version,
            [Evidence("Flow", "flow", "l/min", number), Evidence("Pressure", "pressure", "bar", number + 3), Evidence("Current", "current", "A", number + 7)],
            Models, null, null, null);
    }

    private static Evidence Evidence(string channel, string role, string unit, int number) => new(
        channel, role, unit, "mean", 30 + (number % 37 * 0.21), 32.04, -3.72 - (number % 11 * 0.1), "falling", number % 20);
}
