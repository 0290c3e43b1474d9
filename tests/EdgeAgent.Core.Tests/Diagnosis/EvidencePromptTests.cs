using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Core.Tests.Diagnosis;

public sealed class EvidencePromptTests
{
    private static readonly Evidence Flow = new("Flow", "flow", "l/min", "mean", 27.09, 32.02, -6.31, "falling", 12);

    private static readonly Evidence Vibration =
        new("Vibration 1", "vibration", "g", "mean", 0.04118, 0.02651, 4.0, "rising", 3);

    private static readonly Evidence Voltage = new("Voltage", "voltage", "V", "mean", 233.11, 232.63, 0.44, "steady", null);

    [Fact]
    public void Prompt_prints_machine_faults_and_evidence_strongest_first()
    {
        var prompt = EvidencePrompt.Create("centrifugal pump", ["suction-restriction", "leak"], [Voltage, Vibration, Flow]);

        Assert.Equal(
            """
            machine: centrifugal pump
            faults: suction-restriction, leak
            evidence:
            `Flow` (flow) 27.1 l/min, normal 32.0, -6.3 sigma, falling, onset 12 s
            `Vibration 1` (vibration) 0.041 g, normal 0.027, +4.0 sigma, rising, onset 3 s
            `Voltage` (voltage) 233.11 V, normal 232.63, +0.4 sigma, steady
            """,
            prompt.Text);
        Assert.Equal(
            ["27.1", "32.0", "6.3", "12", "0.041", "0.027", "4.0", "3", "233.11", "232.63", "0.4"], prompt.Numbers);
        Assert.Equal(["Flow", "Vibration 1", "Voltage"], prompt.Channels);
        Assert.Equal(["12", "3"], prompt.Onsets);
    }

    [Fact]
    public void Prompt_shows_at_most_eight_items_and_none_without_finite_numbers()
    {
        var items = Enumerable.Range(1, 10).Select(i => Flow with { Channel = $"C{i}", DeviationSigma = i }).ToList();
        items[9] = items[9] with { Value = double.NaN };

        var prompt = EvidencePrompt.Create("pump", [], items);

        Assert.Equal(["C9", "C8", "C7", "C6", "C5", "C4", "C3", "C2"], prompt.Channels);
    }

    [Fact]
    public void An_item_without_unit_leaves_no_gap()
    {
        var prompt = EvidencePrompt.Create("pump", [], [Voltage with { Unit = "", Value = 2, Baseline = 2 }]);

        Assert.EndsWith("\n`Voltage` (voltage) 2.0000, normal 2.0000, +0.4 sigma, steady", prompt.Text, StringComparison.Ordinal);
    }

    // The expected texts are what Python's f"{round(x, d):.{d}f}" prints, with which the training data were made.
    [Theory]
    [InlineData(2.675, 2, "2.67")]
    [InlineData(0.125, 2, "0.12")]
    [InlineData(0.375, 2, "0.38")]
    [InlineData(2.5, 0, "2")]
    [InlineData(3.5, 0, "4")]
    [InlineData(1.005, 2, "1.00")]
    [InlineData(9.96, 1, "10.0")]
    [InlineData(100000.675, 2, "100000.68")]
    [InlineData(-0.04, 1, "0.0")]
    [InlineData(-0.06, 1, "-0.1")]
    [InlineData(1e-12, 4, "0.0000")]
    [InlineData(1e15, 0, "1000000000000000")]
    [InlineData(999999999999999.9, 0, "1000000000000000")]
    public void Numbers_round_half_to_even_on_their_exact_value(double number, int decimals, string text) =>
        Assert.Equal(text, PrintedNumber.Format(number, decimals));

    [Theory]
    [InlineData(27.1, 32.0, 1)]
    [InlineData(33.0, 32.0, 1)]
    [InlineData(42.0, 32.0, 0)]
    [InlineData(132.0, 32.0, 0)]
    [InlineData(0.0412, 0.0265, 3)]
    [InlineData(1.00001, 1.0, 4)]
    [InlineData(1.0, 1.0, 4)]
    public void Decimals_show_two_digits_of_the_difference(double value, double baseline, int decimals) =>
        Assert.Equal(decimals, PrintedNumber.Decimals(value, baseline));

    [Theory]
    [InlineData(0.0, "+0.0")]
    [InlineData(-0.04, "+0.0")]
    [InlineData(-6.25, "-6.2")]
    [InlineData(99.96, "+100.0")]
    [InlineData(-100.5, "-100")]
    [InlineData(12345.6, "+12346")]
    public void Sigma_has_a_sign_and_one_decimal_below_a_hundred(double sigma, string text) =>
        Assert.Equal(text, PrintedNumber.FormatSigma(sigma));
}
