using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Core.Tests.Diagnosis;

public sealed class TemplateExplainerTests
{
    private static Evidence Item(string role, double sigma, int? onset = null) =>
        new(char.ToUpperInvariant(role[0]) + role[1..], role, "bar", "mean", 2 + sigma / 10, 2, sigma, "steady", onset);

    [Fact]
    public void Evidence_that_fits_a_signature_names_its_fault_and_tells_the_look_alike_apart()
    {
        var verdict = TemplateExplainer.Explain(
            [Item("flow", -8, 12), Item("pressure", 5, 4), Item("current", -4), Item("vibration", 0.3)], RandomEvidence.Library);

        Assert.Equal("discharge-restriction", verdict.Answer.Fault);
        Assert.True(verdict.Confidence > 0.8, $"confidence is {verdict.Confidence}");
        Assert.Equal("Restriction on the discharge side: `Flow` fell to 1.20 bar (normal 2.00 bar).", verdict.Answer.Summary);
        Assert.Equal(
            "`Flow` fell to 1.20 bar (normal 2.00 bar), `Pressure` rose to 2.50 bar (normal 2.00 bar) and `Current` fell to "
            + "1.60 bar (normal 2.00 bar). `Flow` left its normal band first, 12 s before the alarm, then `Pressure` at 4 s. "
            + "The pump pushes against a closed path. It fits this fault's signs: flow down, pressure up, current down. "
            + "Restriction on the suction side is less likely, as `Pressure` did not fall.",
            verdict.Answer.Explanation);
    }

    [Fact]
    public void Faults_that_fit_equally_well_share_the_belief()
    {
        var verdict = TemplateExplainer.Explain([Item("flow", -8)], RandomEvidence.Library);

        var alternative = Assert.Single(verdict.Alternatives);
        Assert.Equal("suction-restriction", verdict.Answer.Fault);
        Assert.Equal("discharge-restriction", alternative.Fault);
        Assert.Equal(verdict.Confidence, alternative.Confidence, 6);
        Assert.EndsWith("stays possible: no channel tells the two apart.", verdict.Answer.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_move_that_no_fault_explains_is_unknown()
    {
        var verdict = TemplateExplainer.Explain([Item("flow", 9), Item("pressure", 0)], RandomEvidence.Library);

        Assert.Equal("unknown", verdict.Answer.Fault);
        Assert.StartsWith("No listed fault fits: `Flow` rose to", verdict.Answer.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Steady_channels_are_unknown()
    {
        var verdict = TemplateExplainer.Explain([Item("flow", 1.2)], RandomEvidence.Library);

        Assert.Equal("unknown", verdict.Answer.Fault);
        Assert.StartsWith("No clear fault", verdict.Answer.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_evidence_gets_a_grounded_text_with_and_without_its_backticks()
    {
        for (var seed = 0; seed < 5000; seed++)
        {
            var evidence = RandomEvidence.Create(new Random(seed));
            var verdict = TemplateExplainer.Explain(evidence, RandomEvidence.Library);
            var check = new GroundingCheck(evidence);

            foreach (var text in new[] { verdict.Answer.Summary, verdict.Answer.Explanation })
            {
                var problem = check.Problem(text) ?? check.Problem(text.Replace("`", "", StringComparison.Ordinal));
                Assert.True(problem is null, $"seed {seed}: {problem} in: {text}");
                Assert.NotEmpty(text);
            }

            Assert.InRange(verdict.Confidence, 0, 1);
            Assert.True(verdict.Confidence + verdict.Alternatives.Sum(a => a.Confidence) <= 1.0001, $"seed {seed}");
        }
    }
}
