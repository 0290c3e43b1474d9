using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Core.Detection;

/// <summary>A loaded anomaly package: its contract, and what its two graphs can do.</summary>
public interface IAnomalyModel : IDisposable
{
    ModelIdentity Identity { get; }

    AnomalyContract Contract { get; }

    /// <summary>Runs the fit graph.</summary>
    /// <param name="windows">float32 [count, samples, slots]: normal windows by rising time.</param>
    /// <param name="present">float32 [slots].</param>
    Baseline Fit(ReadOnlyMemory<float> windows, int count, ReadOnlyMemory<float> present, GraphParameters parameters);

    /// <summary>Opens the score graph on a baseline.</summary>
    /// <param name="states">As <see cref="IWindowScorer.CaptureStates"/> gave them; null = each at its initial value.</param>
    IWindowScorer Open(Baseline baseline, GraphParameters parameters, ScorerStates? states = null);
}
