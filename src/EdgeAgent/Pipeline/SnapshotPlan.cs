using EdgeAgent.Configuration;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Snapshots;
using EdgeAgent.Storage;
using EdgeAgent.Storage.Snapshots;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>The parts that keep readings around alarms, from the config's alarms.snapshots block.</summary>
internal static class SnapshotPlan
{
    /// <summary>In a day so many times the quota is written at most.</summary>
    private const int QuotasPerDay = 10;

    // More than usual names take.
    private const int FirstLineBytes = 2048;
    private const int FirstLineBytesPerChannel = 256;

    /// <returns>null when the config keeps none.</returns>
    public static SnapshotParts? Make(
        AgentOptions options, DataDirectory data, PipelineChannels channels, IAlarmView alarms, TimeProvider time, ILoggerFactory logs)
    {
        var asked = options.Alarms.Snapshots;
        if (asked.MaxMegabytes <= 0)
        {
            return null;
        }

        // Two versions of one snapshot are on the disk for a moment, each with its first line.
        var quota = (long)(asked.MaxMegabytes * 1e6);
        var memory = Math.Clamp((quota / 2) - FirstLineBytes - (options.Channels.Count * FirstLineBytesPerChannel), 0, (long)asked.MemoryMegabytes << 20);
        var (before, after) = (TimeSpan.FromSeconds(asked.BeforeSeconds), TimeSpan.FromSeconds(asked.AfterSeconds));
        var rate = options.Sampling.RateHz;
        var span = SnapshotSpan.Within(before, after, rate, options.Channels.Count, memory);
        var ring = new ReadingRing(span.Capacity, options.Channels.Count);
        var log = logs.CreateLogger<SnapshotLoop>();
        if (span.HeldBefore(rate) < before || span.HeldAfter(rate) < after)
        {
            SnapshotLog.Shortened(log, span.HeldBefore(rate).TotalSeconds, span.HeldAfter(rate).TotalSeconds, asked.BeforeSeconds, asked.AfterSeconds, memory / 1e6);
        }

        return new SnapshotParts(
            new SnapshotRecorder(new SnapshotWatch(ring, span), channels.Snapshots.Writer, log),
            new SnapshotLoop(
                channels.Snapshots.Reader,
                ring,
                span,
                rate,
                [.. options.Channels.Select(channel => new SnapshotChannel(channel.Name, channel.Column ?? channel.Name, channel.Role, channel.Unit))],
                new SnapshotFolder(data.FullPath, quota),
                new SnapshotBudget(QuotasPerDay * quota, time),
                alarms,
                log));
    }
}
