namespace EdgeAgent.Core.Alarms;

/// <summary>What became of an <see cref="AlarmRequest"/>.</summary>
public enum AlarmVerdict
{
    Done,

    /// <summary>It was so before; nothing was decided.</summary>
    AlreadySo,

    /// <summary>No alarm of this device, or one that is over and has nothing left to be done about it.</summary>
    UnknownAlarm,

    /// <summary>A value in the request is not allowed.</summary>
    BadRequest,

    /// <summary>Not possible where the alarm stands.</summary>
    Refused,

    /// <summary>The agent does it, and cannot write it to the disk: a restart would forget it.</summary>
    NotStored,
}
