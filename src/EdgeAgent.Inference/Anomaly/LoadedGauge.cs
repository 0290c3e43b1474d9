namespace EdgeAgent.Inference.Anomaly;

/// <summary>How many models this process holds. Thread-safe.</summary>
public sealed class LoadedGauge
{
    private readonly Lock _lock = new();

    /// <summary>Now.</summary>
    public int Count { get; private set; }

    /// <summary>At once, since the process began.</summary>
    public int Most { get; private set; }

    internal void Add(int models)
    {
        lock (_lock)
        {
            Count += models;
            Most = Math.Max(Most, Count);
        }
    }
}
