using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Snapshots;

/// <summary>
/// Decides which readings belong to an alarm: those before it at once, and all of them when the time after it has passed.
/// <code>
///        ring   │▒▒▒▒│░░░░ before ░░░░│░░░░ after ░░░░│ readings that come while this is written │
///                                  raised          due
/// </code>
/// Nothing is copied: a range names readings that stay in the ring until it is written. Allocates nothing per reading.
/// Not thread-safe; the ring is.
/// </summary>
public sealed class SnapshotWatch(ReadingRing ring, SnapshotSpan span)
{
    /// <summary>Alarms whose readings may be taken at the same time.</summary>
    public const int MostOpen = 16;

    private readonly List<SnapshotRange> _open = [];
    private readonly List<SnapshotRange> _due = [];

    /// <summary>A reading, before it is judged.</summary>
    /// <returns>The ranges that it completed; the list is reused by the next call.</returns>
    public IReadOnlyList<SnapshotRange> Add(SensorFrame frame)
    {
        ring.Add(frame);
        _due.Clear();
        if (_open.Count > 0)
        {
            TakeDue(frame.Monotonic);
        }

        return _due;
    }

    /// <summary>An alarm was raised by the latest reading, or by the absence of one.</summary>
    /// <param name="at">On the monotonic scale of the readings.</param>
    /// <returns>What was read before; null if nothing was, or the readings of too many alarms are being taken.</returns>
    public SnapshotRange? Raise(Decision raised, TimeSpan at)
    {
        var count = ring.Count;
        if (count == 0 || _open.Count == MostOpen)
        {
            return null;
        }

        var from = Math.Max(ring.FirstSince(at - span.Before), count - span.ReadingsBefore);
        var before = new SnapshotRange(raised, at, Math.Min(from, count - 1), count, count, SnapshotEnd.Pending);
        _open.Add(before);
        return before;
    }

    /// <summary>There will be no more readings.</summary>
    public IReadOnlyList<SnapshotRange> End()
    {
        _due.Clear();
        foreach (var open in _open)
        {
            _due.Add(open with { To = ring.Count, After = SnapshotEnd.Cut });
        }

        _open.Clear();
        return _due;
    }

    private void TakeDue(TimeSpan now)
    {
        var count = ring.Count;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var open = _open[i];
            var late = now - open.RaisedAt > span.After;
            if (now - open.RaisedAt < span.After && count - open.Raise < span.ReadingsAfter)
            {
                continue;
            }

            // A reading that came later than the span, after a pause, does not belong to it.
            _due.Add(open with { To = late ? count - 1 : count, After = now - open.RaisedAt >= span.After ? SnapshotEnd.Complete : SnapshotEnd.Cut });
            _open.RemoveAt(i);
        }
    }
}
