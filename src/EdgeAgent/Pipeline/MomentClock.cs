using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Pipeline;

/// <summary>Tells the time as decisions carry it: wall clock, whether to believe it, and time since boot.</summary>
/// <param name="isSynced">Asks the kernel.</param>
/// <param name="sinceBoot">The kernel's monotonic clock.</param>
internal sealed class MomentClock(TimeProvider time, Func<bool> isSynced, Func<TimeSpan> sinceBoot)
{
    public Moment Now() => At(time.GetUtcNow());

    /// <summary>The moment of a reading that carries its own wall-clock time.</summary>
    public Moment At(DateTimeOffset reading) => new(reading, isSynced(), sinceBoot());
}
