namespace EdgeAgent.Core.Sampling;

/// <summary>Why a sensor gave no reading.</summary>
public enum ReadFaultKind
{
    /// <summary>There is no such device.</summary>
    Absent,

    /// <summary>The system does not let the agent use it.</summary>
    PermissionDenied,

    /// <summary>Nothing acknowledged on the bus.</summary>
    NoAnswer,

    /// <summary>The answer did not come, or did not end, in time.</summary>
    Timeout,

    /// <summary>Less came than was asked for.</summary>
    ShortRead,

    /// <summary>The checksum does not fit the data.</summary>
    BadChecksum,

    /// <summary>Another chip answers than the one that the config names.</summary>
    WrongId,

    /// <summary>The chip never said that a reading is ready.</summary>
    NotReady,

    /// <summary>The device understood, and refuses.</summary>
    Refused,

    /// <summary>What came is no reading.</summary>
    BadData,

    /// <summary>The bus or its driver failed.</summary>
    BusError,
}
