using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Alarms;

/// <summary>One alarm from its raise to its final end.</summary>
/// <param name="Code">What is wrong with a sensor, e.g. <c>sensor-stuck</c>; null for a machine.</param>
/// <param name="Score">Of the decision that last changed it; null for a sensor.</param>
/// <param name="Suppressed">Raised in a flood: it is not published, from its raise to its end.</param>
/// <param name="Acknowledged">null = nobody has seen it.</param>
/// <param name="Unseen">It was raised while its source was shelved, and stands: what receivers would have heard last; null if they heard of the raise.</param>
/// <param name="FloodCount">How many were suppressed in the flood up to this one; 0 once the flood was told to be over.</param>
public sealed record AlarmRecord(
    Guid Id,
    AlarmPhase Phase,
    Severity Severity,
    string? Code,
    double? Score,
    DateTimeOffset RaisedAt,
    bool Suppressed = false,
    Acknowledgement? Acknowledged = null,
    Decision? Unseen = null,
    int FloodCount = 0);
