using EdgeAgent.Core.Detection;
using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Pipeline;

/// <summary>A machine watch and the model that it uses; disposed together.</summary>
internal sealed record LoadedWatch(OnnxAnomalyModel Model, WatchSettings Settings, MachineWatch Watch) : IDisposable, IAsyncDisposable
{
    /// <summary>Time from one window to the next.</summary>
    public TimeSpan Hop => TimeSpan.FromSeconds(Model.Contract.HopSamples / Model.Contract.RowRateHz(Settings.RateHz));

    /// <summary>Time from the first reading of a window to its last.</summary>
    public TimeSpan WindowLength => TimeSpan.FromSeconds((Model.Contract.WindowSamples - 1) / Model.Contract.RowRateHz(Settings.RateHz));

    public void Dispose()
    {
        Watch.Dispose();
        Model.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
