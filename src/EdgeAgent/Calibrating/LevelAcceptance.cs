using EdgeAgent.Core.Detection;
using EdgeAgent.Storage;

namespace EdgeAgent.Calibrating;

/// <summary>An operator's word that the machine's present level is its normal one: a new version of the calibration.</summary>
internal static class LevelAcceptance
{
    /// <param name="channels">The channels whose level is accepted; all if empty.</param>
    /// <param name="created">Now.</param>
    /// <param name="synced">Whether <paramref name="created"/> can be believed.</param>
    /// <returns>The draft of the new version, or null and why there is none.</returns>
    public static CalibrationDraft? TryMake(
        StoredCalibration active, StoredStates states, IReadOnlyList<string> channels, DateTimeOffset created, bool synced, out string? problem)
    {
        var known = active.Calibration.Channels.OfType<string>().ToArray();
        var unknown = channels.FirstOrDefault(channel => !known.Contains(channel));
        problem = states.Calibration != active.Id && states.Calibration != active.BasedOn
                ? $"states.json belongs to calibration {states.Calibration}, and {active.Id} is active; let the agent run on it first"
            : states.Reference is null ? $"{active.Calibration.Model.Name} has no slow reference, so there is no other level to accept"
            : unknown is not null ? $"--channel: found {unknown}, allowed: {string.Join(", ", known)}"
            : null;
        if (problem is not null)
        {
            return null;
        }

        var accepted = channels.Count > 0 ? channels : known;
        var modes = new List<ModeCalibration>();
        foreach (var mode in active.Calibration.Modes)
        {
            var state = states.Modes.FirstOrDefault(found => found.Mode == mode.Mode);
            var reference = state?.Tensors.GetValueOrDefault(states.Reference!);
            if (reference is not null && (reference.Length != active.Calibration.Channels.Count || !reference.All(float.IsFinite)))
            {
                problem = "states.json does not fit the calibration";
                return null;
            }

            modes.Add(reference is null ? mode : AcceptedLevel.Apply(mode, active.Center, [.. active.Calibration.Channels.Select(
                (channel, slot) => channel is not null && accepted.Contains(channel) ? (double?)reference[slot] : null)]));
        }

        return new CalibrationDraft(
            active.Calibration with { Modes = modes }, active.Center, active.Sigma, CalibrationOrigin.AcceptedLevel, created, synced)
        {
            BasedOn = states.Calibration,
            Accepted = [.. accepted],
        };
    }
}
