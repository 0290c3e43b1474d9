namespace EdgeAgent.Configuration;

/// <summary>How a simulated sensor fails.</summary>
internal enum SensorFaultKind
{
    Stuck,
    Missing,
    OutOfRange,
}
