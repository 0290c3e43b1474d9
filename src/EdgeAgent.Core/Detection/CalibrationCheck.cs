using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Core.Detection;

/// <summary>Whether a calibration that was read from somewhere can be used: it may be damaged, or belong to something else.</summary>
public static class CalibrationCheck
{
    /// <returns>null, or what is wrong with the calibration itself.</returns>
    public static string? Damage(Calibration? found) => found switch
    {
        null or { Model: null } or { Channels: null } or { Machine: null } or { Modes: null or { Count: 0 } } => "holds no calibration",
        { Format: not Calibration.CurrentFormat } => $"has format {found.Format}; this agent reads {Calibration.CurrentFormat}",
        _ => found.Modes.Select(Damage).FirstOrDefault(damage => damage is not null),
    };

    /// <returns>null, or why a sound calibration is not one for this machine and model.</returns>
    public static string? Mismatch(Calibration calibration, string machine, ModelIdentity model, AnomalyContract contract)
    {
        if (calibration.Machine != machine)
        {
            return $"was made for machine {calibration.Machine}, and this is {machine}";
        }

        if (calibration.Model != model)
        {
            return calibration.Model with { Sha256 = model.Sha256 } == model
                ? $"was made for another build of {model.Name} {model.Version}"
                : $"was made for {calibration.Model.Name} {calibration.Model.Version}, and {model.Name} {model.Version} is in use";
        }

        return calibration.Modes
            .SelectMany(_ => contract.Score.Baselines, (mode, tensor) => Misfit(mode, tensor))
            .FirstOrDefault(misfit => misfit is not null);
    }

    private static string? Damage(ModeCalibration mode) => mode switch
    {
        null or { Threshold: null } or { Baseline: null } => "is incomplete",
        _ when !double.IsFinite(mode.Threshold.Threshold) || mode.Threshold.Threshold <= 0 => $"has the threshold {mode.Threshold.Threshold}",
        _ => mode.Baseline.FirstOrDefault(tensor => tensor.Value is null || !tensor.Value.All(float.IsFinite)) is { Key: { } name }
            ? $"has a value in {name} that is no number" : null,
    };

    private static string? Misfit(ModeCalibration mode, BaselineTensor tensor)
    {
        var needed = tensor.Shape.Aggregate(1L, (product, axis) => product * axis);
        return !mode.Baseline.TryGetValue(tensor.Name, out var values) ? $"has no {tensor.Name}"
            : values.Length != needed ? $"has {values.Length} values of {tensor.Name}, the model takes {needed}"
            : null;
    }
}
