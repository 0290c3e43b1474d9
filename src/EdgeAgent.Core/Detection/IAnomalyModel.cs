using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Core.Detection;

/// <summary>A loaded anomaly package: its contract, and what its two graphs can do.</summary>
public interface IAnomalyModel : IDisposable
{
    ModelIdentity Identity { get; }

    AnomalyContract Contract { get; }

    /// <summary>Runs the fit graph.</summary>
    /// <param name="windows">float32 [count, samples, slots]: consecutive normal windows.</param>
    /// <param name="present">float32 [slots].</param>
    Baseline Fit(ReadOnlyMemory<float> windows, int count, ReadOnlyMemory<float> present);

    /// <summary>Opens the score graph on a baseline, with its states at their initial values.</summary>
    IWindowScorer Open(Baseline baseline);
}
