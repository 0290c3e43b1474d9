using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Alarms;

/// <summary>A source whose alarms are not published for a limited time.</summary>
/// <param name="AlarmId">The alarm that it was shelved by; later alarms of the source are shelved too.</param>
/// <param name="Until">By the wall clock, for people.</param>
/// <param name="BootId">The boot that <paramref name="UntilSinceBoot"/> counts in.</param>
/// <param name="UntilSinceBoot">Monotonic; this is what decides.</param>
/// <param name="Remaining">As it was last stored.</param>
/// <param name="Who">A claim: nobody checks it.</param>
public sealed record AlarmShelf(
    Guid AlarmId, DateTimeOffset Until, string BootId, TimeSpan UntilSinceBoot, TimeSpan Remaining, string? Who, string? Comment)
{
    /// <summary>How far <see cref="Remaining"/> may lag behind on the disk, and so how much longer a reboot can make a shelf.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    public static AlarmShelf Begin(Guid alarmId, TimeSpan time, Moment now, string bootId, string? who, string? comment) =>
        new(alarmId, now.At + time, bootId, now.SinceBoot + time, time, who, comment);

    public bool IsOver(Moment now) => now.SinceBoot >= UntilSinceBoot;

    /// <returns>The shelf with its remaining time if that should be stored again, or null.</returns>
    public AlarmShelf? Checkpoint(Moment now)
    {
        var remaining = UntilSinceBoot - now.SinceBoot;
        return remaining <= Remaining - Every ? this with { Remaining = remaining } : null;
    }

    /// <summary>
    /// The shelf after a restart. In the same boot the monotonic time goes on (a boot id that could not be read is told by a
    /// time since boot that went back). After a reboot only the wall clock knows how
    /// long the power was off, and it may be wrong: it can shorten a shelf, and never make it longer than what remained.
    /// </summary>
    public AlarmShelf Resume(Moment now, string bootId)
    {
        if (BootId == bootId && UntilSinceBoot - now.SinceBoot <= Remaining)
        {
            return this;
        }

        var left = Until - now.At;
        var remaining = left < TimeSpan.Zero ? TimeSpan.Zero : left < Remaining ? left : Remaining;
        return this with { BootId = bootId, Until = now.At + remaining, UntilSinceBoot = now.SinceBoot + remaining, Remaining = remaining };
    }
}
