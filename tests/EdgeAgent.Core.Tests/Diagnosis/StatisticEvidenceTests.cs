using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Core.Tests.Diagnosis;

/// <summary>Evidence with several statistics per channel: version 2 of the vocabulary.</summary>
public sealed class StatisticEvidenceTests
{
    private static readonly FaultLibrary Library = new("rolling bearing",
    [
        Fault("outer", "Outer race worn", ("vibration/bpfo", "dominant"), ("vibration", "up"), ("vibration/kurtosis", "up")),
        Fault("inner", "Inner race worn", ("vibration/bpfi", "dominant"), ("vibration", "up"), ("vibration/kurtosis", "up")),
        Fault("some-part", "Bearing worn", ("vibration", "up"), ("vibration/kurtosis", "up")),
        Fault("imbalance", "Imbalance", ("vibration/shaft-1x", "up"), ("vibration", "up"), ("vibration/kurtosis", "steady")),
    ]);

    private static Fault Fault(string id, string title, params (string Key, string Way)[] signs) =>
        new(id, title, "A machine shakes.", signs.ToDictionary(sign => sign.Key, sign => sign.Way), ["Look."]);

    private static Evidence Item(string statistic, double sigma, double value = 5, string channel = "DE") =>
        new(channel, "vibration", statistic is "bpfo" or "bpfi" or "bsf" or "ftf" ? "dB" : "g", statistic, value, 2, sigma, "rising", 7);

    [Fact]
    public void A_line_names_its_statistic_behind_the_role_and_the_mean_stays_unnamed()
    {
        var prompt = EvidencePrompt.Create("rolling bearing", ["outer"], [Item("bpfo", 12, 14.5), Item("mean", -4), Item("bpfi", 5, 9)]);

        Assert.EndsWith(
            """
            `DE` (vibration) bpfo 14 dB, normal 2, +12.0 sigma, rising, onset 7 s, dominant
            `DE` (vibration) bpfi 9.0 dB, normal 2.0, +5.0 sigma, rising, onset 7 s
            `DE` (vibration) 5.0 g, normal 2.0, -4.0 sigma, rising, onset 7 s
            """,
            prompt.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_strongest_defect_line_is_shown_however_many_items_deviate_more()
    {
        var items = Enumerable.Range(1, 9).Select(i => Item("rms", 100 + i, channel: $"C{i}"))
            .Append(Item("bpfo", 4, 14)).Append(Item("bpfi", 9, 12)).ToList();

        var shown = EvidencePrompt.Shown(items);

        Assert.Equal(EvidencePrompt.MaxItems, shown.Count);
        Assert.Equal("bpfo", shown[^1].Statistic);
        Assert.Equal(shown, EvidencePrompt.Shown(shown));
    }

    [Theory]
    [InlineData(14, 12, "outer")]
    [InlineData(12, 14, "inner")]
    public void The_line_with_the_most_decibels_names_the_part_even_where_another_deviates_more(double bpfo, double bpfi, string fault)
    {
        var verdict = TemplateExplainer.Explain(
            [Item("bpfo", 20, bpfo), Item("bpfi", 21, bpfi), Item("rms", 80), Item("kurtosis", 9)], Library);

        Assert.Equal(fault, verdict.Answer.Fault);
    }

    [Fact]
    public void A_line_that_leads_without_having_risen_names_no_part()
    {
        var verdict = TemplateExplainer.Explain(
            [Item("bpfo", 6, 12), Item("bpfi", 0.3, 14), Item("rms", 80), Item("kurtosis", 9)], Library);

        Assert.Equal("some-part", verdict.Answer.Fault);
    }

    [Fact]
    public void Each_channel_has_a_strongest_line_of_its_own()
    {
        var verdict = TemplateExplainer.Explain(
            [Item("bpfo", 20, 14, "DE"), Item("bpfi", 0, 3, "DE"), Item("bpfi", 0.1, 30, "FE"), Item("rms", 80), Item("kurtosis", 9)], Library);

        Assert.Equal("outer", verdict.Answer.Fault);
    }

    [Fact]
    public void A_role_alone_means_its_level_and_no_other_statistic()
    {
        var verdict = TemplateExplainer.Explain([Item("peak", 40), Item("kurtosis", 0.2), Item("shaft-1x", 9)], Library);

        Assert.Equal("imbalance", verdict.Answer.Fault);
        Assert.DoesNotContain(": vibration up", verdict.Answer.Explanation, StringComparison.Ordinal);
        Assert.Contains("vibration shaft line up", verdict.Answer.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_names_the_line_first_and_says_which_statistic_moved()
    {
        var verdict = TemplateExplainer.Explain(
            [Item("bpfo", 20, 14), Item("bpfi", 4, 9), Item("rms", 80), Item("kurtosis", 9), Item("peak", 70)], Library);

        Assert.Equal("Outer race worn: `DE` bpfo rose to 14 dB (normal 2 dB).", verdict.Answer.Summary);
        Assert.Equal(
            "`DE` bpfo rose to 14 dB (normal 2 dB), `DE` rms rose to 5.0 g (normal 2.0 g) and `DE` kurtosis rose to 5.0 g "
            + "(normal 2.0 g). `DE` bpfo was among the first to leave its normal band, 7 s before the alarm. A machine shakes. "
            + "It fits this fault's signs: vibration bpfo dominant, vibration up, vibration kurtosis up. "
            + "Bearing worn is less likely, as it would not make `DE` bpfo the strongest defect line.",
            verdict.Answer.Explanation);
    }

    [Fact]
    public void Unknown_is_the_less_certain_the_less_speaks_against_the_faults()
    {
        var nothing = TemplateExplainer.Explain([], Library).Confidence;
        var steady = TemplateExplainer.Explain([Item("mean", 0.2)], Library).Confidence;
        var contrary = TemplateExplainer.Explain([Item("rms", -30), Item("kurtosis", -30), Item("shaft-1x", -30)], Library).Confidence;

        Assert.InRange(nothing, 0.2, 0.6);
        Assert.InRange(steady, 0.3, 0.8);
        Assert.InRange(contrary, 0.95, 0.999);
    }
}
