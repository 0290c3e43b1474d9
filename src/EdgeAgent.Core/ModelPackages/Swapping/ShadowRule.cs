using System.Globalization;

namespace EdgeAgent.Core.ModelPackages.Swapping;

/// <summary>
/// Whether a candidate takes the place of the model in use, at the end of the time that they went side by side. A score that is
/// no number, and a run that fails, ended its candidacy before.
/// </summary>
public static class ShadowRule
{
    /// <param name="passed">Since they go side by side, by the time of the readings.</param>
    /// <param name="windows">Windows that both scored so far.</param>
    public static bool IsOver(TimeSpan passed, long windows, ShadowLimits limits) =>
        passed >= limits.For && (limits.For == TimeSpan.Zero || windows >= limits.Windows);

    /// <returns>null if it is taken, else the first rule that it breaks.</returns>
    public static string? Fault(ShadowFigures found, ShadowLimits limits) =>
        limits.For == TimeSpan.Zero ? null
        : found.LatencyP95 > limits.MostLatency * found.Hop
            ? Text($"it needs {found.LatencyP95.TotalMilliseconds:0.0} ms for a window (95th percentile); allowed: {100 * limits.MostLatency:0.#}% of the {found.Hop.TotalMilliseconds:0.#} ms from one window to the next")
        : found.CandidateAlarms - found.ActiveAlarms > limits.MostExtraAlarms
            ? Text($"its alarm stood in {100 * found.CandidateAlarms:0.##}% of {found.Windows} windows, that of the model in use in {100 * found.ActiveAlarms:0.##}%; allowed: {100 * limits.MostExtraAlarms:0.##} percentage points more")
        : found.Disagreement > limits.MostDisagreement
            ? Text($"it disagrees in {100 * found.Disagreement:0.##}% of {found.Windows} windows on what is above the threshold; allowed: {100 * limits.MostDisagreement:0.##}%")
        : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
