namespace EdgeAgent.Core.Detection;

/// <summary>
/// Keeps normal windows for a calibration within a memory budget. When it is full, every second block of consecutive
/// windows is dropped and only every second, then every fourth … block of those to come is kept, so that what stays covers
/// the whole time evenly. A model whose fit needs all windows in a row is cut off instead.
/// </summary>
public sealed class WindowArchive(int stride, bool consecutive, long budgetBytes = WindowArchive.DefaultBudget)
{
    public const long DefaultBudget = 64L << 20;

    /// <summary>Windows of one block; what happens within seconds is seen whole.</summary>
    private const int Block = 16;

    private readonly int _capacity = (int)Math.Max(2 * Block, budgetBytes / (sizeof(float) * (long)stride) / (2 * Block) * (2 * Block));
    private float[] _values = [];
    private int _keepEvery = 1;

    /// <summary>Windows taken or left out, over the whole time that is covered.</summary>
    public long Seen { get; private set; }

    /// <summary>Windows kept.</summary>
    public int Count { get; private set; }

    /// <summary>True when further windows are not taken.</summary>
    public bool IsFull => consecutive && Count == _capacity;

    /// <summary>float32 [count, samples, slots].</summary>
    public ReadOnlyMemory<float> Windows => _values.AsMemory(0, Count * stride);

    public void Add(ReadOnlySpan<float> window)
    {
        if (IsFull || Seen++ / Block % _keepEvery != 0)
        {
            return;
        }

        if (Count == _capacity)
        {
            Thin();
            if ((Seen - 1) / Block % _keepEvery != 0)
            {
                return;
            }
        }

        var end = (Count + 1) * stride;
        if (_values.Length < end)
        {
            Array.Resize(ref _values, (int)Math.Min((long)_capacity * stride, Math.Max(2L * _values.Length, 64L * stride)));
        }

        window.CopyTo(_values.AsSpan(Count * stride, stride));
        Count++;
    }

    private void Thin()
    {
        var size = Block * stride;
        for (var block = 1; block < Count / Block / 2; block++)
        {
            _values.AsSpan(2 * block * size, size).CopyTo(_values.AsSpan(block * size, size));
        }

        Count /= 2;
        _keepEvery *= 2;
    }
}
