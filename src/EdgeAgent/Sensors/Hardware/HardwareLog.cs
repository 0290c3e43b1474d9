using Microsoft.Extensions.Logging;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>What hardware sensors tell the log. Event ids are stable: 103 to 109.</summary>
internal static partial class HardwareLog
{
    [LoggerMessage(103, LogLevel.Warning, "Sensor {Sensor} cannot be read: {Fault}, {Why}")]
    public static partial void Unreadable(ILogger log, string sensor, string fault, string why);

    [LoggerMessage(104, LogLevel.Information, "Sensor {Sensor} can be read again after {Seconds:0.0} s and {Failures} failures")]
    public static partial void Readable(ILogger log, string sensor, double seconds, long failures);

    [LoggerMessage(105, LogLevel.Information, "Rows: {Rows} made, {Missed} missed, {Dropped} not taken in time; half within {HalfMicroseconds} µs of their time, 99% within {MostMicroseconds} µs, the latest {LatestMicroseconds:0} µs")]
    public static partial void Rows(ILogger log, long rows, long missed, long dropped, int? halfMicroseconds, int? mostMicroseconds, double latestMicroseconds);

    [LoggerMessage(106, LogLevel.Warning, "Sensor {Sensor} does not come back from its bus; its thread is left behind")]
    public static partial void LeftBehind(ILogger log, string sensor);

    [LoggerMessage(107, LogLevel.Warning, "Sensor {Sensor}: {Samples} samples never came: they were not fetched in time, or the device left them out")]
    public static partial void SamplesLost(ILogger log, string sensor, long samples);
}
