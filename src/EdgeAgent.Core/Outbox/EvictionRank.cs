namespace EdgeAgent.Core.Outbox;

/// <summary>What goes first when there is no room: the lower rank, and within a rank the older record.</summary>
public static class EvictionRank
{
    /// <summary>What tells of a loss is never thrown away to make room.</summary>
    public const int Never = 9;

    private const int MachineCritical = 3;

    /// <param name="aboutMachine">A machine alarm or its diagnosis; false for sensor alarms and notices.</param>
    public static int Of(string severity, bool aboutMachine) => (severity, aboutMachine) switch
    {
        ("info", _) => 0,
        ("warning", _) => 1,
        ("critical", true) => MachineCritical,
        _ => 2,
    };
}
