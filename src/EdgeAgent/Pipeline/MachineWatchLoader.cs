using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Windows;
using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Pipeline;

/// <summary>Loads the anomaly package and fits it to the device's channels: what `run`, `replay` and `calibrate` share.</summary>
internal static class MachineWatchLoader
{
    private const double RateTolerance = 0.01;
    private const int MostReadingsPerRow = 1000;

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
        if (RateFault(options.Sampling.RateHz, contract) is { } fault)
        {
            model.Dispose();
            problem = new StartProblem(
                ExitCodes.BadInput, string.Create(CultureInfo.InvariantCulture, $"/sampling/rateHz: found {options.Sampling.RateHz}, allowed: {fault}, for {model.Identity.Name} {model.Identity.Version}"));
            return false;
        }

        var settings = WatchPlan.Settings(options);
        GraphParameters? parameters = null;
        if (!SlotMap.TryCreate(contract.Inputs, settings.Channels, out var map, out var mismatch)
            || !GraphParameters.TryCreate(contract, map, WatchPlan.Facts(options, contract.RowRateHz(options.Sampling.RateHz)), out parameters, out mismatch))
        {
            model.Dispose();
            problem = new StartProblem(ExitCodes.BadInput, $"the config does not fit {model.Identity.Name} {model.Identity.Version}: {mismatch}");
            return false;
        }

        loaded = new LoadedWatch(model, settings, new MachineWatch(settings, model, map, parameters));
        problem = null;
        return true;
    }

    private static string? RateFault(double rateHz, AnomalyContract contract)
    {
        if (contract.SampleRateRangeHz is [var lowest, var highest])
        {
            return rateHz >= lowest && rateHz <= highest ? null : string.Create(CultureInfo.InvariantCulture, $"{lowest}..{highest}");
        }

        var factor = contract.ReadingsPerRow(rateHz);
        return factor <= MostReadingsPerRow && Math.Abs((rateHz / factor) - contract.SampleRateHz) <= RateTolerance * contract.SampleRateHz ? null
            : string.Create(CultureInfo.InvariantCulture, $"{contract.SampleRateHz}, or a multiple of it up to {MostReadingsPerRow * contract.SampleRateHz}");
    }
}
