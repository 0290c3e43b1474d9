namespace EdgeAgent.Core.Signals;

/// <summary>
/// The roles that a channel may have. A role says what deviates where, which is what separates a fault from drift, so
/// models and fault libraries speak of roles and never of a plant's own names.
/// </summary>
public static class ChannelRoles
{
    public const string Flow = "flow";
    public const string Pressure = "pressure";
    public const string Current = "current";
    public const string Vibration = "vibration";
    public const string MotorTemperature = "motor-temperature";
    public const string FluidTemperature = "fluid-temperature";
    public const string Voltage = "voltage";

    /// <summary>Every role that a config, a package or a fault library may name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Flow, Pressure, Current, Vibration, MotorTemperature, FluidTemperature, Voltage,
        "speed", "level", "torque", "power", "temperature", "humidity",
    ];
}
