namespace EdgeAgent.Pipeline;

/// <summary>
/// How fast the backlog may go: a tenth of a second's worth at a time, because every group that is taken out of the
/// outbox costs one fsync, and a live decision waits for at most one group.
/// </summary>
/// <param name="perSecond">0 = without a limit.</param>
internal sealed class BacklogPace(int perSecond, int largestGroup, TimeProvider time)
{
    private double _credit = GroupOf(perSecond, largestGroup);
    private long _seen = time.GetTimestamp();

    /// <summary>How many go at once.</summary>
    public int Group { get; } = GroupOf(perSecond, largestGroup);

    /// <summary>How many may go now: a group, or none.</summary>
    public int Room()
    {
        if (perSecond == 0)
        {
            return Group;
        }

        var now = time.GetTimestamp();
        _credit = Math.Min(Group, _credit + (time.GetElapsedTime(_seen, now).TotalSeconds * perSecond));
        _seen = now;
        return _credit >= Group ? Group : 0;
    }

    public void Take(int sent) => _credit -= sent;

    /// <summary>How long until there is room again, as of the last <see cref="Room"/>.</summary>
    public TimeSpan UntilRoom() => perSecond == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Max(0.001, (Group - _credit) / perSecond));

    private static int GroupOf(int perSecond, int largest) => perSecond == 0 ? largest : Math.Clamp(perSecond / 10, 1, largest);
}
