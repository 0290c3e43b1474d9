using EdgeAgent.Core.Detection;

namespace EdgeAgent.Core.Tests.Detection;

public sealed class ThresholdRuleTests
{
    [Fact]
    public void On_exponential_scores_the_threshold_is_the_quantile_that_was_asked_for()
    {
        var random = new Random(1);
        var scores = Enumerable.Range(0, 20_000).Select(_ => (float)-Math.Log(1 - random.NextDouble())).ToArray();

        var estimate = ThresholdRule.Estimate(scores, falseAlarmRate: 0.001, minimum: 0);

        Assert.Equal(Math.Log(1000), estimate.Threshold, tolerance: 0.25);
        Assert.False(estimate.Extrapolated);
    }

    [Fact]
    public void Too_few_scores_for_the_rate_are_called_extrapolated()
    {
        var random = new Random(2);
        var scores = Enumerable.Range(0, 150).Select(_ => (float)random.NextDouble()).ToArray();

        Assert.True(ThresholdRule.Estimate(scores, 0.001, 0).Extrapolated);
    }

    [Fact]
    public void The_threshold_is_never_below_the_packages_floor()
    {
        var estimate = ThresholdRule.Estimate([0.1f, 0.1f, 0.1f], 0.01, minimum: 1);

        Assert.Equal(1, estimate.Threshold);
        Assert.Equal(0.1, estimate.Quantile, 6);
    }

    [Fact]
    public void Scores_that_follow_each_other_are_worth_fewer_samples()
    {
        var random = new Random(3);
        var white = Enumerable.Range(0, 4000).Select(_ => (float)random.NextDouble()).ToArray();
        var slow = new float[4000];
        for (var i = 1; i < slow.Length; i++)
        {
            slow[i] = (0.9f * slow[i - 1]) + (float)(random.NextDouble() - 0.5);
        }

        // An AR(1) process with ρ = 0.9 has (1−ρ)/(1+ρ) = 1/19 of its samples' worth.
        Assert.InRange(ThresholdRule.EffectiveSampleSize(white), 3000, 5000);
        Assert.InRange(ThresholdRule.EffectiveSampleSize(slow), 4000 / 19 * 0.5, 4000 / 19 * 1.8);
    }

    [Fact]
    public void Constant_scores_give_their_own_value()
    {
        var estimate = ThresholdRule.Estimate(Enumerable.Repeat(0.3f, 100).ToArray(), 0.001, 0);

        Assert.Equal(0.3, estimate.Threshold, 6);
    }
}
