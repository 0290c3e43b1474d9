using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Windows;
using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Pipeline;

/// <summary>Loads the anomaly package and fits it to the device's channels: what `run`, `replay` and `calibrate` share.</summary>
internal static class MachineWatchLoader
{
    private const double RateTolerance = 0.01;

    /// <param name="packageFolder">The full path of the anomaly package.</param>
    public static bool TryLoad(
        AgentOptions options,
        string packageFolder,
        [NotNullWhen(true)] out LoadedWatch? loaded,
        [NotNullWhen(false)] out StartProblem? problem)
    {
        loaded = null;
        if (!OnnxAnomalyModel.TryLoad(packageFolder, out var model, out var refusal))
        {
            problem = new StartProblem(ExitCodes.PackageRefused, $"package refused: {refusal}");
            return false;
        }

        var contract = model.Contract;
        if (Math.Abs(options.Sampling.RateHz - contract.SampleRateHz) > RateTolerance * contract.SampleRateHz)
        {
            model.Dispose();
            problem = new StartProblem(
                ExitCodes.BadInput,
                $"/sampling/rateHz: found {options.Sampling.RateHz}, allowed: {contract.SampleRateHz}, which {model.Identity.Name} {model.Identity.Version} was made for");
            return false;
        }

        var settings = WatchPlan.Settings(options);
        GraphParameters? parameters = null;
        if (!SlotMap.TryCreate(contract.Inputs, settings.Channels, out var map, out var mismatch)
            || !GraphParameters.TryCreate(contract, map, WatchPlan.Facts(options), out parameters, out mismatch))
        {
            model.Dispose();
            problem = new StartProblem(ExitCodes.BadInput, $"the config does not fit {model.Identity.Name} {model.Identity.Version}: {mismatch}");
            return false;
        }

        loaded = new LoadedWatch(model, settings, new MachineWatch(settings, model, map, parameters));
        problem = null;
        return true;
    }
}
