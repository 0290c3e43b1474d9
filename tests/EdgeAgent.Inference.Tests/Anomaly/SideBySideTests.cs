using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;
using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Inference.Tests.Anomaly;

/// <summary>Two watches on one machine, the shipped process package in both: whichever leads, every window is scored once.</summary>
public sealed class SideBySideTests : IDisposable
{
    private readonly WatchedPump _pump = new(drift: null);
    private readonly Random _random = new(11);

    public void Dispose() => _pump.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(7, 2)]
    [InlineData(60, 4)]
    public void However_often_the_lead_changes_the_scores_are_those_of_a_watch_that_never_did(int every, int readingsPerRow)
    {
        var calibration = _pump.Calibrate(900);
        using var alone = New(readingsPerRow);
        using var first = New(readingsPerRow);
        using var second = New(readingsPerRow);
        alone.Watch.Use(calibration);
        first.Watch.Use(calibration);
        var (lead, beside) = (first.Watch, second.Watch);
        var expected = new List<float>();
        var found = new List<float>();
        for (var i = 0; i < 1200; i++)
        {
            // At 700 the second one joins, in the middle of a window and of a row.
            if (i == 701)
            {
                second.Watch.Join(first.Watch);
                second.Watch.Use(calibration, first.Watch.CaptureStates());
                Assert.True(second.Watch.IsWarm);
            }

            var frame = Frame(i, readingsPerRow);
            if (alone.Watch.Observe(frame).Score is { } score)
            {
                expected.Add(score);
            }

            if (lead.Observe(frame).Score is { } led)
            {
                found.Add(led);
            }

            if (i >= 701)
            {
                beside.Follow(frame, hold: false);
                if (i % every == 0)
                {
                    beside.Lead(lead);
                    (lead, beside) = (beside, lead);
                }
            }
        }

        Assert.Equal((1200 / readingsPerRow) - 59, expected.Count);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void A_standing_alarm_goes_on_with_the_new_lead_and_ends_by_its_score()
    {
        var calibration = _pump.Calibrate(900);
        using var first = New(1);
        using var second = New(1);
        first.Watch.Use(calibration);
        for (var i = 0; i < 100; i++)
        {
            first.Watch.Observe(Frame(i, 1));
        }

        second.Watch.Join(first.Watch);
        second.Watch.Use(calibration, first.Watch.CaptureStates());
        for (var i = 100; i < 140; i++)
        {
            first.Watch.Observe(Frame(i, 1, lift: 30));
        }

        Assert.True(first.Watch.HasAlarm);
        second.Watch.Lead(first.Watch);
        Assert.True(second.Watch.HasAlarm);
        var ends = 0;
        for (var i = 140; i < 400; i++)
        {
            ends += second.Watch.Observe(Frame(i, 1)).Alarm is { Event: Core.Alarms.AlarmEvent.Cleared } ? 1 : 0;
        }

        Assert.Equal((1, false), (ends, second.Watch.HasAlarm));
    }

    private SensorFrame Frame(int i, int readingsPerRow, float lift = 0)
    {
        var values = Enumerable.Range(0, 8).Select(slot => 10 + (slot == 1 ? lift : 0) + (float)(_random.NextDouble() + _random.NextDouble() - 1)).ToArray();
        return new SensorFrame(i, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds((double)i / readingsPerRow), values);
    }

    private LoadedPair New(int readingsPerRow)
    {
        Assert.True(OnnxAnomalyModel.TryLoad(Shipped.Package("process-anomaly"), out var model, out var problem), problem?.ToString());
        Assert.True(SlotMap.TryCreate(model.Contract.Inputs, _pump.Settings.Channels, out var map, out var why), why);
        return new LoadedPair(model, new MachineWatch(_pump.Settings with { RateHz = readingsPerRow }, model, map, GraphParameters.None));
    }

    private sealed record LoadedPair(OnnxAnomalyModel Model, MachineWatch Watch) : IDisposable
    {
        public void Dispose()
        {
            Watch.Dispose();
            Model.Dispose();
        }
    }
}
