namespace EdgeAgent.Core.Detection;

/// <summary>The latest values of the statistics that a score graph measures, for their trend. Allocates nothing per window.</summary>
internal sealed class StatisticHistory(int statistics, int windows)
{
    private readonly float[] _values = new float[statistics * windows];
    private int _next;

    /// <summary>Windows held.</summary>
    public int Count { get; private set; }

    public void Add(ReadOnlySpan<float> values)
    {
        values.CopyTo(_values.AsSpan(_next * statistics, statistics));
        _next = (_next + 1) % windows;
        Count = Math.Min(Count + 1, windows);
    }

    public void Clear() => Count = 0;

    /// <summary>How far a least-squares line through one statistic climbs from the first window held to the last.</summary>
    public double Movement(int statistic)
    {
        if (Count < 2)
        {
            return 0;
        }

        double moment = 0, spread = 0;
        var centre = (Count - 1) / 2.0;
        for (var i = 0; i < Count; i++)
        {
            var row = (_next - Count + i + windows) % windows;
            moment += (i - centre) * _values[(row * statistics) + statistic];
            spread += (i - centre) * (i - centre);
        }

        return moment / spread * (Count - 1);
    }
}
