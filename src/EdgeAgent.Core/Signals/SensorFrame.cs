namespace EdgeAgent.Core.Signals;

/// <summary>One reading of every channel at one moment.</summary>
/// <param name="Index">Counts frames from 0 since the source was opened.</param>
/// <param name="At">Wall-clock time of the reading, as far as the clock is right.</param>
/// <param name="Monotonic">Time since the source was opened, never running backwards.</param>
/// <param name="Values">Engineering units, one per channel in the device's order; NaN where there was no reading.</param>
public sealed record SensorFrame(long Index, DateTimeOffset At, TimeSpan Monotonic, float[] Values);
