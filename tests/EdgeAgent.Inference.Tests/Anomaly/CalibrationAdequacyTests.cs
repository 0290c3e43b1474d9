using EdgeAgent.Core.Detection;

namespace EdgeAgent.Inference.Tests.Anomaly;

/// <summary>What a calibration says of its own length, on the real graphs of the shipped process package.</summary>
public sealed class CalibrationAdequacyTests
{
    [Fact]
    public void Half_an_hour_of_a_steady_machine_is_long_enough_and_a_few_minutes_are_not()
    {
        using var pump = new WatchedPump(drift: null);
        var few = pump.Calibrate(400).Modes[0].Adequacy!;
        var many = pump.Calibrate(2000).Modes[0].Adequacy!;

        Assert.True(many.IsLongEnough, string.Join("; ", many.Reasons));
        Assert.Equal(CalibrationAdequacy.TooShort, few.Verdict);
        Assert.Equal(400, few.Seconds);
        Assert.Equal(3000, few.SuggestedSeconds);
    }

    [Fact]
    public void A_machine_that_changes_after_half_of_the_time_is_found_out_and_its_channel_named()
    {
        using var pump = new WatchedPump(drift: null);
        pump.Watch.BeginCalibration();
        pump.Run(1500);
        pump.Run(20, slot: 2, to: 18);
        pump.Run(800);

        var adequacy = pump.Watch.FinishCalibration(out _)!.Modes[0].Adequacy!;

        Assert.False(adequacy.IsLongEnough);
        Assert.True(adequacy.HeldBackFlagged > 0.05, $"{adequacy.HeldBackFlagged}");
        Assert.Equal("Channel 2", adequacy.WanderedMost);
        Assert.Contains(adequacy.Reasons, reason => reason.StartsWith("Channel 2 wandered most", StringComparison.Ordinal));
    }
}
