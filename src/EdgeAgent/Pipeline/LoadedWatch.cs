using EdgeAgent.Core.Detection;
using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Pipeline;

/// <summary>A machine watch and the model that it uses; disposed together.</summary>
internal sealed record LoadedWatch(OnnxAnomalyModel Model, WatchSettings Settings, MachineWatch Watch) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        Watch.Dispose();
        Model.Dispose();
        return ValueTask.CompletedTask;
    }
}
