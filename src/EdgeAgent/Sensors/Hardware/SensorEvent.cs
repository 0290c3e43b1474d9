using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>A sensor stopped giving readings, for a further reason, or gives them again.</summary>
/// <param name="Sensor">Its name in the config.</param>
/// <param name="Channels">The channels that it feeds.</param>
/// <param name="Fault">null when it can be read again.</param>
/// <param name="FailedFor">From its first failure to its first good reading; null while it fails.</param>
/// <param name="Failures">In this episode so far.</param>
internal sealed record SensorEvent(string Sensor, IReadOnlyList<string> Channels, ReadFault? Fault, TimeSpan? FailedFor, long Failures);
