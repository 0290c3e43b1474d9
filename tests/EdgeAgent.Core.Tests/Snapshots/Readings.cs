using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Tests.Snapshots;

/// <summary>Readings that tell their own number.</summary>
internal static class Readings
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <param name="second">When it is taken; default: one per second.</param>
    public static SensorFrame Frame(long number, int channels = 2, double? second = null) => new(
        number,
        Start.AddSeconds(number),
        TimeSpan.FromSeconds(second ?? number),
        [.. Enumerable.Range(0, channels).Select(channel => number + (channel / 10f))]);

    public static Decision Raised() => new(
        Decision.SchemaName, Guid.CreateVersion7(Start), 0, "boot", Guid.CreateVersion7(Start), "site", "device", "machine", Start, "synced", 1, "machine",
        "raised", null, "warning", null, null, null, null, null, null, null, null, null);
}
