using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Core.Tests.Diagnosis;

public sealed class StatedDirectionsTests
{
    private static readonly GroundingCheck Check = new(
    [
        new Evidence("Flow", "flow", "l/min", "mean", 27.1, 32, -6.3, "falling", 12),
        new Evidence("P1", "pressure", "bar", "mean", 2.1, 2.9, -3, "rising", 9),
        new Evidence("M1", "motor-temperature", "C", "mean", 81, 60, 7, "rising", 5),
        new Evidence("Room", "temperature", "C", "mean", 18, 22, -4, "steady", 5),
        new Evidence("U", "voltage", "V", "mean", 231, 230, 0.4, "steady", null),
        new Evidence("DE", "vibration", "g", "rms", 0.5, 0.2, 30, "rising", 8),
        new Evidence("DE", "vibration", "", "kurtosis", 2.8, 3.1, -2.5, "steady", null),
        new Evidence("FE", "vibration", "g", "rms", 0.1, 0.3, -5, "steady", 8),
    ]);

    [Theory]
    [InlineData("`Flow` fell to 27.1 l/min from normal 32, 6.3 sigma below normal.")]
    [InlineData("`Flow` and `P1` fell, while `M1` went up.")]
    [InlineData("Less flow at lower pressure, so the motor is hotter.")]
    [InlineData("A leak would raise the pressure, but `P1` fell.")]
    [InlineData("A closed outlet would mean higher pressure, but `P1` is low.")]
    [InlineData("Look for a leak, as `P1` did not rise.")]
    [InlineData("`P1` is rising again.")]
    [InlineData("`U` is slightly high.")]
    [InlineData("More vibration at the drive end.")]
    [InlineData("`DE` rms rose, `DE` kurtosis fell to 2.8.")]
    [InlineData("`DE` is above normal.")]
    [InlineData("Motor temperature up, flow down.")]
    [InlineData("A drop of `Flow` and the lower `P1` fit.")]
    [InlineData("`Flow` needs more water.")]
    public void What_is_so_may_be_said(string text) => Assert.Null(Check.Problem(text));

    [Theory]
    [InlineData("`Flow` rose to 27.1 l/min.", "'rose'")]
    [InlineData("`Flow` is now well above its normal level.", "'above'")]
    [InlineData("`Flow` fell to 27.1 l/min, 6.3 sigma above normal.", "'above'")]
    [InlineData("`Flow` and `P1` rose together.", "'rose'")]
    [InlineData("Less flow at higher pressure means a closed outlet.", "'higher pressure'")]
    [InlineData("It is closed: the pressure rises.", "'pressure rises'")]
    [InlineData("Less motor temperature.", "'Less motor-temperature'")]
    [InlineData("A rise of the `P1` came first.", "'rise'")]
    [InlineData("`M1` has been falling.", "'falling'")]
    [InlineData("`DE` kurtosis rose.", "'rose'")]
    [InlineData("`FE` rms is high.", "'high'")]
    [InlineData("`DE` kurtosis fell to 0.5.", "0.5")]
    [InlineData("`DE` rms rose to 0.5 g, normal 3.1.", "3.1")]
    [InlineData("`Flow` fell to 32.0 l/min.", "32.0 is given as the value")]
    [InlineData("`Flow` fell to 27.1 from normal 27.1.", "27.1 is given as the normal level")]
    [InlineData("`Flow` is off by 3.0 sigma.", "3.0 is given as the deviation")]
    public void What_went_the_other_way_or_is_another_statistics_is_refused(string text, string named) =>
        Assert.Contains(named, Check.Problem(text), StringComparison.Ordinal);

    [Fact]
    public void A_models_answer_with_the_wrong_direction_is_replaced_by_the_template()
    {
        var subject = new DiagnosisSubject(
            Guid.Empty, Guid.Empty, Guid.Empty,
            [new Evidence("P1", "pressure", "bar", "mean", 2.1, 2.9, -3, "falling", 9)], RandomEvidence.Library);
        var answer = new ModelAnswer(
            """{"fault":"discharge-restriction","summary":"Outlet closed.","explanation":"Higher pressure means a closed outlet."}""",
            0.9, [], new("m", "1", new string('0', 64)));

        var composed = DiagnosisComposer.Compose(subject, ModelOutcome.Answered(answer), TimeSpan.Zero);

        Assert.Equal(Core.Diagnosis.Diagnosis.AuthorTemplate, composed.Diagnosis.Author);
        Assert.Equal("'Higher pressure' is said, and no pressure channel went that way", composed.TemplateReason);
    }

    [Theory]
    [InlineData("`P1` fell to 2.1 bar, 3..", "the text breaks off: \"…fell to 2.1 bar, 3..\"")]
    [InlineData("`P1` fell to", "the text breaks off: \"…`P1` fell to\"")]
    [InlineData("`P1` fell to 2.1 bar.", null)]
    [InlineData("It is no leak, as `P1` is normal.", null)]
    public void A_text_that_breaks_off_is_replaced_by_the_template(string text, string? reason)
    {
        var subject = new DiagnosisSubject(
            Guid.Empty, Guid.Empty, Guid.Empty,
            [new("P1", "pressure", "bar", "mean", 2.1, 2.9, -8, "falling", 3)], RandomEvidence.Library);
        var answer = new ModelAnswer(
            $$"""{"fault":"unknown","summary":"See `P1`.","explanation":"{{text}}"}""", 0.9, [], new("m", "1", new string('0', 64)));

        Assert.Equal(reason, DiagnosisComposer.Compose(subject, ModelOutcome.Answered(answer), TimeSpan.Zero).TemplateReason);
    }

    [Theory]
    [InlineData("unknown", null)]
    [InlineData("suction-restriction", "the evidence speaks against suction-restriction")]
    public void Where_nothing_moved_only_unknown_is_open(string fault, string? reason)
    {
        var subject = new DiagnosisSubject(
            Guid.Empty, Guid.Empty, Guid.Empty, [new("P1", "pressure", "bar", "mean", 2.9, 2.9, 0.4, "steady", null)], RandomEvidence.Library);
        var answer = new ModelAnswer(
            $$"""{"fault":"{{fault}}","summary":"See `P1`.","explanation":"It is so."}""", 0.9, [], new("m", "1", new string('0', 64)));

        Assert.Equal(reason, DiagnosisComposer.Compose(subject, ModelOutcome.Answered(answer), TimeSpan.Zero).TemplateReason);
    }

    [Theory]
    [InlineData("suction-restriction", null)]
    [InlineData("unknown", "the evidence is clear, and the answer was \"unknown\"")]
    [InlineData("discharge-restriction", "the evidence speaks against discharge-restriction")]
    [InlineData("bearing", "the evidence speaks against bearing")]
    public void A_model_may_not_name_a_fault_that_the_evidence_speaks_against_nor_miss_one_that_it_shows(string fault, string? reason)
    {
        var subject = new DiagnosisSubject(
            Guid.Empty, Guid.Empty, Guid.Empty,
            [new("P1", "pressure", "bar", "mean", 2.1, 2.9, -8, "falling", 9), new("F", "flow", "l/min", "mean", 2, 3, -9, "falling", 9)],
            RandomEvidence.Library);
        var answer = new ModelAnswer(
            $$"""{"fault":"{{fault}}","summary":"See `P1`.","explanation":"It is so."}""", 0.9, [], new("m", "1", new string('0', 64)));

        Assert.Equal(reason, DiagnosisComposer.Compose(subject, ModelOutcome.Answered(answer), TimeSpan.Zero).TemplateReason);
    }
}
