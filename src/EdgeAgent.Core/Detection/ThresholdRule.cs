namespace EdgeAgent.Core.Detection;

/// <summary>
/// Sets the alarm threshold from the scores of held-back normal windows: an exponential tail over the 0.8 quantile
/// (peaks over threshold with shape 0; Coles, "An Introduction to Statistical Modeling of Extreme Values", ch. 4).
/// </summary>
public static class ThresholdRule
{
    private const double TailStart = 0.8;

    /// <param name="heldBack">Scores of consecutive normal windows that the fit did not see.</param>
    /// <param name="falseAlarmRate">Wanted share of normal windows above the threshold, 0 &lt; rate &lt; 0.2.</param>
    /// <param name="minimum">The package's floor for the threshold.</param>
    public static ThresholdEstimate Estimate(ReadOnlySpan<float> heldBack, double falseAlarmRate, double minimum)
    {
        if (heldBack.Length == 0)
        {
            throw new ArgumentException("no held-back scores", nameof(heldBack));
        }

        var sorted = heldBack.ToArray();
        Array.Sort(sorted);
        double start = sorted[(int)Math.Min(sorted.Length - 1, TailStart * sorted.Length)];
        var excess = sorted.Where(score => score > start).Select(score => score - start).DefaultIfEmpty(0).Average();
        var quantile = start + (excess * Math.Log((1 - TailStart) / falseAlarmRate));
        var effective = EffectiveSampleSize(heldBack);
        return new ThresholdEstimate(
            Math.Max(minimum, quantile), quantile, effective, Extrapolated: effective < 1 / falseAlarmRate);
    }

    /// <summary>
    /// n / (1 + 2 Σ ρₖ), summed while the autocorrelation ρₖ is positive (Geyer 1992, initial positive sequence):
    /// neighbouring windows overlap, so n scores hold far fewer than n independent ones.
    /// </summary>
    public static double EffectiveSampleSize(ReadOnlySpan<float> scores)
    {
        var mean = 0.0;
        foreach (var score in scores)
        {
            mean += score / scores.Length;
        }

        var variance = Autocovariance(scores, mean, 0);
        var sum = 0.0;
        for (var lag = 1; lag < scores.Length && variance > 0; lag++)
        {
            var rho = Autocovariance(scores, mean, lag) / variance;
            if (rho <= 0)
            {
                break;
            }

            sum += rho;
        }

        return scores.Length / (1 + (2 * sum));
    }

    private static double Autocovariance(ReadOnlySpan<float> scores, double mean, int lag)
    {
        var sum = 0.0;
        for (var i = lag; i < scores.Length; i++)
        {
            sum += (scores[i] - mean) * (scores[i - lag] - mean);
        }

        return sum / scores.Length;
    }
}
