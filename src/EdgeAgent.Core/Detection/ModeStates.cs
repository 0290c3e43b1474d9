namespace EdgeAgent.Core.Detection;

/// <summary>What one operating mode carries from window to window, to go on from after a restart.</summary>
/// <param name="Mode">The mode's name; null for a machine without modes.</param>
/// <param name="Tensors">The score graph's states, by the name of their input.</param>
/// <param name="Drift">One per slot; null if no drift is watched for.</param>
public sealed record ModeStates(string? Mode, IReadOnlyDictionary<string, float[]> Tensors, IReadOnlyList<DriftMemory>? Drift)
{
    /// <returns>null, or why a scorer of this model cannot go on from these states.</returns>
    public static string? Misfit(IReadOnlyList<ModeStates>? modes, ModelPackages.AnomalyContract contract)
    {
        if (modes is null || modes.Any(mode => mode is null or { Tensors: null }))
        {
            return "holds no states";
        }

        foreach (var (mode, state) in modes.SelectMany(_ => contract.Score.States, (mode, state) => (mode, state)))
        {
            var needed = state.Shape.Aggregate(1L, (product, axis) => product * axis);
            if (!mode.Tensors.TryGetValue(state.Input, out var values) || values is null || values.Length != needed)
            {
                return $"has {values?.Length ?? 0} values of {state.Input}, the model takes {needed}";
            }

            if (!values.All(float.IsFinite))
            {
                return $"has a value of {state.Input} that is no number";
            }
        }

        return modes.Any(mode => mode.Drift is { } drift && (drift.Count != contract.Inputs.Count || drift.Any(slot => !double.IsFinite(slot.Seconds + slot.EndsBelow))))
            ? "has drift times that do not fit the model" : null;
    }
}
