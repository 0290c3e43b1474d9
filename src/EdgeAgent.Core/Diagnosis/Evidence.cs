namespace EdgeAgent.Core.Diagnosis;

/// <summary>What one statistic of one channel showed when an alarm was raised. Version 2 of the vocabulary: docs/evidence.md.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Role">The channel's role.</param>
/// <param name="Unit">Unit of <paramref name="Value"/> and <paramref name="Baseline"/>.</param>
/// <param name="Statistic">What <paramref name="Value"/> is: one of <see cref="EvidenceStatistics"/>.</param>
/// <param name="Value">The statistic at the moment of the alarm.</param>
/// <param name="Baseline">Its normal value.</param>
/// <param name="DeviationSigma">(value − baseline) / standard deviation of the calibration data.</param>
/// <param name="Trend">"rising", "falling" or "steady", over the last ten seconds.</param>
/// <param name="Onset">Whole seconds before the alarm at which the channel left its normal band; null if it did not.</param>
public sealed record Evidence(
    string Channel,
    string Role,
    string Unit,
    string Statistic,
    double Value,
    double Baseline,
    double DeviationSigma,
    string Trend,
    int? Onset)
{
    /// <summary>The version of this vocabulary that decisions and language packages name.</summary>
    public const int Version = 2;
}
