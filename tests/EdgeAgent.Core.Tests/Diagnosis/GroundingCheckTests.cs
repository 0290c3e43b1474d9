using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Core.Tests.Diagnosis;

public sealed class GroundingCheckTests
{
    private static readonly GroundingCheck Check = new(
    [
        new Evidence("Flow", "flow", "l/min", "mean", 27.09, 32.02, -6.31, "falling", 12),
        new Evidence("Vibration 1", "vibration", "m/s2", "mean", 0.0412, 0.0265, 4.0, "rising", 3),
        new Evidence("Drehzahl2", "speed", "1/min", "mean", 1480, 1500, -40, "falling", null),
    ]);

    [Theory]
    [InlineData("`Flow` fell to 27.1 l/min from normal 32.0 l/min.")]
    [InlineData("`Flow` fell to 27,1 l/min, normal 32.")]
    [InlineData("Flow fell by 6.3 sigma, -6.3 in short.")]
    [InlineData("`Vibration 1` left its band 3 s before the alarm, `Flow` at 12 s.")]
    [InlineData("Vibration 1 rose to 0.041 m/s2 (normal 0.0265 m/s2).")]
    [InlineData("Drehzahl2 fell to 1480 1/min, from 1500 1/min.")]
    [InlineData("It began 12 seconds before the alarm. It is a 12-second story.")]
    [InlineData("Less water arrives (in m³/h and ½ of nothing).", false)]
    [InlineData("No numbers at all.")]
    [InlineData("")]
    public void Text_that_repeats_the_evidence_is_grounded(string text, bool isGrounded = true) =>
        Assert.Equal(isGrounded, Check.Problem(text) is null);

    [Theory]
    [InlineData("`Flow` fell to 27.2 l/min.", "27.2")]
    [InlineData("`Flow` fell to 27.10 l/min.", "27.10")]
    [InlineData("`Pressure` fell.", "Pressure")]
    [InlineData("`flow` fell.", "flow")]
    [InlineData("`Flow fell.", "backtick")]
    [InlineData("It began 27.1 s before the alarm.", "time 27.1 s")]
    [InlineData("It began 6.3 sigma s before the alarm.", "6.3 sigma s")]
    [InlineData("It began 12 minutes ago and 6.3 hours before.", "time 12 minutes")]
    [InlineData("A 32-second delay.", "time 32 second")]
    [InlineData("Vibration 2 rose.", "2")]
    [InlineData("Vibration 1.5 rose.", "1.5")]
    [InlineData("Vibration 12.4 rose.", "12.4")]
    [InlineData("Drop of .5 only.", "0.5")]
    [InlineData("0.0412.7", "0.7")]
    [InlineData("It is ٣ today.", "٣")]
    [InlineData("About 99999999999999999999999999999999999.", "99999")]
    [InlineData("About 0.00000000000000000000000000000000000001.", "0.000")]
    public void Text_that_says_more_is_not_grounded_and_the_reason_names_it(string text, string named) =>
        Assert.Contains(named, Check.Problem(text), StringComparison.Ordinal);

    [Fact]
    public void A_units_own_letters_may_hold_numbers()
    {
        var check = new GroundingCheck([new Evidence("Q", "flow", "m³/h", "mean", 3.5, 4.0, -4, "falling", null)]);

        Assert.Null(check.Problem("`Q` fell to 3.5 m³/h."));
    }

    [Fact]
    public void A_unit_that_is_a_time_word_makes_no_time_of_its_values()
    {
        var check = new GroundingCheck([new Evidence("Cycle", "speed", "s", "mean", 3.5, 4.0, -4, "falling", null)]);

        Assert.Null(check.Problem("`Cycle` fell to 3.5 s."));
    }
}
