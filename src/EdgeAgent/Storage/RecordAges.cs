namespace EdgeAgent.Storage;

/// <summary>
/// Which records were made so long ago that they are no news any more. By the monotonic clock for what this run stored: a wall clock
/// that jumps makes nothing older or younger. Of an earlier run only the wall clock tells, and one that went back since cannot
/// be right. Thread-safe; keeps a few hundred marks at most.
/// </summary>
internal sealed class RecordAges(TimeProvider time)
{
    /// <summary>The contract's limit for the property `historical`.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(30);

    /// <summary>Records so close together share a mark.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<(long Position, long Made)> _marks = new();
    private (long Position, long Made)? _newest;
    private long? _first;
    private long _lastOld;

    /// <param name="made">By the monotonic clock; never before that of the record before.</param>
    public void Add(long position, long made)
    {
        lock (_gate)
        {
            _first ??= position;
            if (_newest is not { } newest)
            {
                _newest = (position, made);
            }
            else if (time.GetElapsedTime(newest.Made, made) < Grain)
            {
                _newest = newest with { Position = position };
            }
            else
            {
                _marks.Enqueue(newest);
                _newest = (position, made);
            }
        }
    }

    /// <param name="madeAtMs">By the wall clock of then, in Unix milliseconds.</param>
    public bool IsOld(long position, long madeAtMs)
    {
        lock (_gate)
        {
            if (_first is null || position < _first)
            {
                return Math.Abs(time.GetUtcNow().ToUnixTimeMilliseconds() - madeAtMs) > Young.TotalMilliseconds;
            }

            while (_marks.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Made) > Young)
            {
                _lastOld = _marks.Dequeue().Position;
            }

            if (_marks.Count == 0 && _newest is { } newest && time.GetElapsedTime(newest.Made) > Young)
            {
                _lastOld = newest.Position;
            }

            return position <= _lastOld;
        }
    }
}
