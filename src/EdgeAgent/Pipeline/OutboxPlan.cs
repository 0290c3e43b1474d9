using EdgeAgent.Configuration;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage;

namespace EdgeAgent.Pipeline;

/// <summary>The config's outbox block as what the storage takes.</summary>
internal static class OutboxPlan
{
    public static OutboxSettings Make(OutboxOptions options, DecisionMaker decisions, MomentClock clock, TimeProvider time) => new()
    {
        MaxBytes = (long)options.MaxMegabytes << 20,
        MaxAge = options.MaxAgeDays > 0 ? TimeSpan.FromDays(options.MaxAgeDays) : null,
        Notice = (code, severity, data) => decisions.Notice(code, severity, data, clock.Now()),
        Time = time,
    };
}
