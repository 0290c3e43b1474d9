using EdgeAgent.Configuration;
using EdgeAgent.Core.Signals;
using EdgeAgent.Sensors.Simulation;

namespace EdgeAgent.Tests.Sensors.Simulation;

public sealed class SimulatedSensorSourceTests
{
    private static readonly ChannelOptions[] Channels = [new() { Name = "Flow", Role = "flow", Unit = "l/min" }];

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Frames_come_at_rate_times_speed_and_late_ones_catch_up()
    {
        await using var frames = Source(new SimulatedSourceOptions { Speed = 10 }, rateHz: 2).GetAsyncEnumerator();
        Assert.True(await frames.MoveNextAsync());

        var second = frames.MoveNextAsync().AsTask();
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.05));
        Assert.True(await second);

        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 2; i <= 21; i++)
        {
            var late = frames.MoveNextAsync().AsTask();
            Assert.True(late.IsCompleted, $"frame {i} is overdue and must not wait");
            Assert.True(await late);
        }

        var next = frames.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.05));
        Assert.True(await next);
    }

    [Fact]
    public async Task Monotonic_time_is_simulated_time_and_the_wall_clock_is_the_real_one()
    {
        var frames = await TakeAsync(Source(new SimulatedSourceOptions { Speed = 0, DurationSeconds = 100 }, rateHz: 1));
        Assert.Equal(100, frames.Count);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => TimeSpan.FromSeconds(i)), frames.Select(frame => frame.Monotonic));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), frames.Select(frame => frame.Index));

        await using var paced = Source(new SimulatedSourceOptions { Speed = 20 }, rateHz: 1).GetAsyncEnumerator();
        await paced.MoveNextAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await paced.MoveNextAsync();
        Assert.Equal(TimeSpan.FromSeconds(1), paced.Current.Monotonic);
        Assert.Equal(ManualTime.Start.AddSeconds(0.05), paced.Current.At);
    }

    private IAsyncEnumerable<SensorFrame> Source(SimulatedSourceOptions options, double rateHz) =>
        new SimulatedSensorSource(options, new PumpSimulation(options, Channels, rateHz), rateHz, _time).ReadAsync(CancellationToken.None);

    private static async Task<List<SensorFrame>> TakeAsync(IAsyncEnumerable<SensorFrame> frames)
    {
        var taken = new List<SensorFrame>();
        await foreach (var frame in frames)
        {
            taken.Add(frame);
        }

        return taken;
    }
}
