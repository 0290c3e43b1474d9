namespace EdgeAgent.Core.Alarms;

/// <summary>
/// The transitions of an alarm (ISA-18.2). Shelving is apart: it hides an alarm and changes nothing of where it stands.
/// <code>
///            raise                    acknowledge                    return
///  normal ─────────▶ unacknowledged ─────────────▶ acknowledged ─────────────▶ normal
///                          │ return                     │ return, latching
///                          ▼                            ▼
///                 returned unacknowledged        latched acknowledged ──reset──▶ normal
///                          │ acknowledge                ▲ acknowledge
///                          ▼                            │
///                        normal                  latched unacknowledged ──reset──▶ returned unacknowledged
///                                                       ▲ return, latching, from unacknowledged
/// </code>
/// A raise leads to unacknowledged from everywhere: who has seen the last one has not seen this one.
/// </summary>
public static class AlarmLifeCycle
{
    /// <param name="latching">Whether an alarm of this kind is held after its cause has gone.</param>
    /// <returns>The next phase, the same one if there is nothing to do, or null if it is not possible there.</returns>
    public static AlarmPhase? Next(AlarmPhase phase, AlarmStimulus stimulus, bool latching) => (stimulus, phase) switch
    {
        (AlarmStimulus.Raise, AlarmPhase.UnacknowledgedActive or AlarmPhase.AcknowledgedActive) => phase,
        (AlarmStimulus.Raise, _) => AlarmPhase.UnacknowledgedActive,

        (AlarmStimulus.Return, AlarmPhase.UnacknowledgedActive) => latching ? AlarmPhase.LatchedUnacknowledged : AlarmPhase.ReturnedUnacknowledged,
        (AlarmStimulus.Return, AlarmPhase.AcknowledgedActive) => latching ? AlarmPhase.LatchedAcknowledged : AlarmPhase.Normal,
        (AlarmStimulus.Return, _) => phase,

        (AlarmStimulus.Acknowledge, AlarmPhase.UnacknowledgedActive) => AlarmPhase.AcknowledgedActive,
        (AlarmStimulus.Acknowledge, AlarmPhase.ReturnedUnacknowledged) => AlarmPhase.Normal,
        (AlarmStimulus.Acknowledge, AlarmPhase.LatchedUnacknowledged) => AlarmPhase.LatchedAcknowledged,
        (AlarmStimulus.Acknowledge, _) => phase,

        (AlarmStimulus.Reset, AlarmPhase.LatchedUnacknowledged) => AlarmPhase.ReturnedUnacknowledged,
        (AlarmStimulus.Reset, AlarmPhase.LatchedAcknowledged) => AlarmPhase.Normal,
        (AlarmStimulus.Reset, _) => null,

        _ => throw new ArgumentOutOfRangeException(nameof(stimulus)),
    };

    public static bool IsActive(this AlarmPhase phase) => phase is AlarmPhase.UnacknowledgedActive or AlarmPhase.AcknowledgedActive;

    public static bool IsLatched(this AlarmPhase phase) => phase is AlarmPhase.LatchedUnacknowledged or AlarmPhase.LatchedAcknowledged;

    /// <summary>As it is written in lists.</summary>
    public static string Name(this AlarmPhase phase) => phase switch
    {
        AlarmPhase.Normal => "ended",
        AlarmPhase.UnacknowledgedActive => "unacknowledged",
        AlarmPhase.AcknowledgedActive => "acknowledged",
        AlarmPhase.ReturnedUnacknowledged => "returned-unacknowledged",
        AlarmPhase.LatchedUnacknowledged => "latched-unacknowledged",
        AlarmPhase.LatchedAcknowledged => "latched-acknowledged",
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };
}
