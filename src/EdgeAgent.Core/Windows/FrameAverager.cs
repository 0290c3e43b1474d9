using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Windows;

/// <summary>
/// Brings readings that come faster than a model was made for down to the model's rate: the mean of each block of readings. A
/// channel with an unhealthy reading in the block is unhealthy for the whole of it. Allocates nothing per reading.
/// </summary>
/// <param name="factor">Readings per block; 1 passes every reading on as it is.</param>
/// <param name="maxGap">A longer pause between two frames begins a new block.</param>
public sealed class FrameAverager(int channels, int factor, TimeSpan maxGap)
{
    private readonly double[] _sums = new double[channels];
    private readonly ChannelHealth[] _worst = new ChannelHealth[channels];
    private readonly float[] _means = new float[channels];
    private readonly ChannelHealth[] _verdicts = new ChannelHealth[channels];
    private int _count;
    private TimeSpan _lastAt;

    private int Factor { get; } = factor;

    /// <summary>One value per channel of the latest block.</summary>
    public ReadOnlySpan<float> Values => _means;

    /// <summary>The worst verdict on each channel in the latest block.</summary>
    public ReadOnlySpan<ChannelHealth> Verdicts => _verdicts;

    /// <returns>True when a block is complete and can be read.</returns>
    public bool Add(SensorFrame frame, ReadOnlySpan<ChannelHealth> verdicts)
    {
        if (frame.Monotonic - _lastAt > maxGap)
        {
            Restart();
        }

        _lastAt = frame.Monotonic;
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] += frame.Values[i];
            _worst[i] = verdicts[i] > _worst[i] ? verdicts[i] : _worst[i];
        }

        if (++_count < Factor)
        {
            return false;
        }

        for (var i = 0; i < _sums.Length; i++)
        {
            _means[i] = (float)(_sums[i] / _count);
            _verdicts[i] = _worst[i];
        }

        Restart();
        return true;
    }

    /// <summary>Goes on with another one's block.</summary>
    /// <returns>False if the blocks differ in length; nothing was taken over.</returns>
    public bool TryTakeOver(FrameAverager other)
    {
        if (other.Factor != Factor)
        {
            return false;
        }

        other._sums.CopyTo(_sums, 0);
        other._worst.CopyTo(_worst, 0);
        (_count, _lastAt) = (other._count, other._lastAt);
        return true;
    }

    private void Restart()
    {
        Array.Clear(_sums);
        Array.Clear(_worst);
        _count = 0;
    }
}
