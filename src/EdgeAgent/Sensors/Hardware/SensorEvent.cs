using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>A sensor stopped giving readings, for a further reason, or gives them again, or lost some.</summary>
/// <param name="Sensor">Its name in the config.</param>
/// <param name="Channels">The channels that it feeds.</param>
/// <param name="Fault">null when it can be read.</param>
/// <param name="FailedFor">From its first failure to its first good reading; null unless it can be read again.</param>
/// <param name="Failures">In this episode so far.</param>
/// <param name="Lost">Samples that never came, since that was told before; 0 where it is about something else.</param>
internal sealed record SensorEvent(string Sensor, IReadOnlyList<string> Channels, ReadFault? Fault, TimeSpan? FailedFor, long Failures, long Lost = 0);
