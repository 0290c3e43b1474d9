namespace EdgeAgent.Core.Alarms;

/// <summary>Where an alarm stands in its life cycle; the letters are those of ISA-18.2's state diagram.</summary>
public enum AlarmPhase
{
    /// <summary>A: it has ended, and nobody needs to look at it.</summary>
    Normal,

    /// <summary>B.</summary>
    UnacknowledgedActive,

    /// <summary>C.</summary>
    AcknowledgedActive,

    /// <summary>D, RTN-UNACK: it has ended, and nobody has said that he saw it.</summary>
    ReturnedUnacknowledged,

    /// <summary>E: its cause has gone, and it is held until somebody resets it.</summary>
    LatchedUnacknowledged,

    /// <summary>F: the same, and somebody has seen it.</summary>
    LatchedAcknowledged,
}
