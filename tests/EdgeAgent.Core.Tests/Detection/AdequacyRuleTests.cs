using EdgeAgent.Core.Detection;

namespace EdgeAgent.Core.Tests.Detection;

public sealed class AdequacyRuleTests
{
    private static readonly AdequacyFacts Good = new(
        Seconds: 2000, MemorySeconds: 150, HeldBackFlagged: 0.01, new ThresholdEstimate(1.2, 1.2, 40, Extrapolated: true), Minimum: 1, "Flow", 3.2);

    [Fact]
    public void Data_that_lived_through_the_models_memory_often_enough_are_long_enough()
    {
        var verdict = AdequacyRule.Judge(Good);

        Assert.Equal(CalibrationAdequacy.LongEnough, verdict.Verdict);
        Assert.Empty(verdict.Reasons);
        Assert.Null(verdict.SuggestedSeconds);
    }

    [Fact]
    public void Data_shorter_than_the_models_memory_allows_are_too_short_and_a_length_is_named()
    {
        var verdict = AdequacyRule.Judge(Good with { Seconds = 400 });

        Assert.Equal(CalibrationAdequacy.TooShort, verdict.Verdict);
        Assert.Contains("6.7 min", verdict.Reasons[0]);
        Assert.Contains("150 s", verdict.Reasons[0]);
        Assert.Equal(3000, verdict.SuggestedSeconds);
    }

    [Fact]
    public void A_machine_that_was_still_going_somewhere_else_is_told_with_the_channel_and_the_raised_threshold()
    {
        var verdict = AdequacyRule.Judge(Good with { HeldBackFlagged = 0.147, Threshold = Good.Threshold with { Threshold = 9.8 } });

        Assert.False(verdict.IsLongEnough);
        Assert.Contains("14.7%", verdict.Reasons[0]);
        Assert.Contains("9.8 times", verdict.Reasons[0]);
        Assert.Equal("Flow wandered most: 3.2 sigma from one part of the data to another", verdict.Reasons[1]);
        Assert.Equal(4200, verdict.SuggestedSeconds);
    }

    [Fact]
    public void Held_back_windows_that_all_say_the_same_prove_too_little() =>
        Assert.False(AdequacyRule.Judge(Good with { Threshold = Good.Threshold with { EffectiveSamples = 4 } }).IsLongEnough);

    [Fact]
    public void A_model_without_memory_is_judged_by_its_windows_alone() =>
        Assert.True(AdequacyRule.Judge(Good with { Seconds = 20, MemorySeconds = 0 }).IsLongEnough);
}
