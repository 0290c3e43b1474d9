namespace EdgeAgent.Core.Detection;

/// <summary>
/// Tells when the slow reference of a slot has left its calibrated level for good. It only tells; nothing is learned here.
/// <code>
///            |deviation| > limit for a while,                 |deviation| below half
///            or an alarm settled at a new level                the limit
///   normal ──────────────────────────────────▶ drifting ─────────────────────────────▶ normal
///                                                  └── very long without an alarm ───▶ accepted: normal at the new level
/// </code>
/// Deterministic: time is the frames' own, and a pause between windows counts for nothing. Not thread-safe.
/// </summary>
/// <param name="channels">For each slot the index of the device's channel, or −1.</param>
/// <param name="mode">The operating mode; null for a machine without modes.</param>
public sealed class DriftWatch(DriftLimits limits, IReadOnlyList<int> channels, string? mode)
{
    /// <summary>An alarm that settled closer to the calibration than this did not change the level.</summary>
    private const double SmallestShift = 1;

    /// <summary>A longer time between two windows was a pause.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly bool[] _settled = new bool[channels.Count];
    private DriftMemory[] _slots = new DriftMemory[channels.Count];
    private TimeSpan? _last;

    /// <summary>A copy of where each slot stands.</summary>
    public DriftMemory[] Capture() => [.. _slots];

    /// <summary>Goes on from where an earlier run stood.</summary>
    public void Restore(IReadOnlyList<DriftMemory> slots) => _slots = [.. slots];

    /// <summary>An alarm ended because these slots settled at a new level.</summary>
    /// <param name="settled">[slots], 1 where it did; empty if the graph does not tell.</param>
    public void Settle(ReadOnlySpan<float> settled)
    {
        for (var slot = 0; slot < settled.Length; slot++)
        {
            _settled[slot] |= settled[slot] > 0.5f;
        }
    }

    /// <summary>Follows one window. Allocates nothing unless something changes.</summary>
    /// <param name="alarm">Whether a machine alarm stands: then the reference is frozen, and no time passes here.</param>
    /// <param name="changes">Receives what changed.</param>
    public void Update(IWindowScorer scorer, ReadOnlySpan<float> present, bool alarm, TimeSpan now, List<DriftChange> changes)
    {
        var passed = _last is { } last && now - last <= Pause ? (now - last).TotalSeconds : 0;
        _last = now;
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (alarm)
            {
                // A drift that an alarm interrupts is no quiet one: its time begins anew.
                _slots[slot] = _slots[slot] with { Seconds = 0 };
                continue;
            }

            double level = scorer.NormalLevel[slot], center = scorer.Center[slot];
            var deviation = (level - center) / Math.Max(scorer.Sigma[slot], 1e-12);
            if (channels[slot] < 0 || present[slot] == 0 || !double.IsFinite(deviation))
            {
                continue;
            }

            if (Next(slot, Math.Abs(deviation), passed) is { } happened)
            {
                changes.Add(new DriftChange(happened, channels[slot], slot, mode, level, center, deviation, _slots[slot].Settled));
                _slots[slot] = happened == DriftEvent.Began ? _slots[slot] : default;
            }
        }
    }

    private DriftEvent? Next(int slot, double distance, double passed)
    {
        ref var memory = ref _slots[slot];
        var settled = _settled[slot];
        _settled[slot] = false;
        if (memory.Standing)
        {
            memory = memory with { Seconds = memory.Seconds + passed };
            return distance < memory.EndsBelow ? DriftEvent.Ended
                : limits.AcceptAfter is { } limit && memory.Seconds >= limit.TotalSeconds ? DriftEvent.Accepted
                : null;
        }

        memory = memory with { Seconds = distance > limits.LimitSigma ? memory.Seconds + passed : 0 };
        if (settled && distance >= SmallestShift)
        {
            memory = new DriftMemory(0, Standing: true, Math.Min(distance, limits.LimitSigma) / 2, Settled: true);
            return DriftEvent.Began;
        }

        if (distance <= limits.LimitSigma || memory.Seconds < limits.For.TotalSeconds)
        {
            return null;
        }

        memory = new DriftMemory(0, Standing: true, limits.LimitSigma / 2, Settled: false);
        return DriftEvent.Began;
    }
}
