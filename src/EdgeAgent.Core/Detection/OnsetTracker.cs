namespace EdgeAgent.Core.Detection;

/// <summary>Remembers since when each slot has been outside its normal band: above half the threshold, until below a third.</summary>
public sealed class OnsetTracker(int slots)
{
    private const float Leaves = 0.5f;
    private const float Returns = 1f / 3;

    private readonly TimeSpan?[] _since = new TimeSpan?[slots];

    public void Update(ReadOnlySpan<float> channelScores, double threshold, TimeSpan now)
    {
        for (var slot = 0; slot < _since.Length; slot++)
        {
            var share = channelScores[slot] / threshold;
            if (share >= Leaves)
            {
                _since[slot] ??= now;
            }
            else if (share < Returns)
            {
                _since[slot] = null;
            }
        }
    }

    public void Clear() => Array.Clear(_since);

    /// <summary>Whole seconds since the slot left its normal band; null while it is inside.</summary>
    public int? SecondsSince(int slot, TimeSpan now) =>
        _since[slot] is { } since ? (int)Math.Round((now - since).TotalSeconds) : null;
}
