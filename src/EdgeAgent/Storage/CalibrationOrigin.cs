namespace EdgeAgent.Storage;

/// <summary>How a calibration came about.</summary>
internal static class CalibrationOrigin
{
    /// <summary>The command `calibrate`.</summary>
    public const string Calibrate = "calibrate";

    /// <summary>The agent itself, at its first start.</summary>
    public const string Auto = "auto";

    /// <summary>The agent itself, on a command over MQTT.</summary>
    public const string Command = "command";

    /// <summary>An earlier one with a new level, accepted by an operator or after a long time.</summary>
    public const string AcceptedLevel = "accepted-level";

    /// <summary>That of an earlier version of the package, which says that it fits.</summary>
    public const string CarriedOver = "carried-over";

    /// <summary>The agent itself, while the package ran beside the one in use.</summary>
    public const string Shadow = "shadow";
}
