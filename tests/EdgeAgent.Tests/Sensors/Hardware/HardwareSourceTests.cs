using EdgeAgent.Core.Sampling;
using EdgeAgent.Core.Signals;
using EdgeAgent.Sensors.Hardware;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Sensors.Hardware;

/// <summary>On the real clock: what is awaited is a row or an event, never a time.</summary>
public sealed class HardwareSourceTests : IDisposable
{
    private const double RateHz = 200;
    private static readonly ReadFault Broken = new(ReadFaultKind.NoAnswer, "nothing acknowledges");

    private readonly FakeDevice _first = new() { Value = 1 };
    private readonly FakeDevice _second = new() { Value = 2 };

    [Fact]
    public async Task Rows_come_at_multiples_of_their_period_and_hold_every_sensor()
    {
        await using var rows = Rows(Source());

        await UntilAsync(rows, row => row.Values is [1, 2]);
        var times = new List<TimeSpan>();
        while (times.Count < 20)
        {
            times.Add((await NextAsync(rows)).Monotonic);
        }

        Assert.All(times, time => Assert.Equal(0, time.Ticks % (TimeSpan.TicksPerSecond / (long)RateHz)));
        Assert.Equal(times.Distinct().Order(), times);
    }

    [Fact]
    public async Task A_sensor_that_fails_is_missing_at_once_told_once_and_comes_back_without_a_restart()
    {
        var source = Source();
        await using var rows = Rows(source);
        await UntilAsync(rows, row => row.Values is [1, 2]);

        _second.Fault = Broken;
        await UntilAsync(rows, row => row.Values is [1, float.NaN]);
        var failed = await source.Events.ReadAsync();
        _second.Value = 3;
        _second.Fault = null;
        await UntilAsync(rows, row => row.Values is [1, 3]);
        var repaired = await EventAsync(source, rows);

        Assert.Equal(("second", Broken), (failed.Sensor, failed.Fault));
        Assert.Equal(["Second"], failed.Channels);
        Assert.Equal(("second", null), (repaired.Sensor, repaired.Fault));
        Assert.True(repaired.FailedFor > TimeSpan.Zero);
        Assert.False(source.Events.TryRead(out _));
        Assert.True(_second.Opened > 1, "it is opened again after a fault");
        Assert.Equal(1, _first.Opened);
    }

    [Fact]
    public async Task A_sensor_that_is_absent_at_the_start_is_heard_when_it_comes()
    {
        _second.Closed = new ReadFault(ReadFaultKind.Absent, "no such device");
        var source = Source();
        await using var rows = Rows(source);

        await UntilAsync(rows, row => row.Values is [1, float.NaN]);
        Assert.Equal("absent", (await source.Events.ReadAsync()).Fault!.Name);
        Assert.Equal(0, _second.Readings);
        _second.Closed = null;

        await UntilAsync(rows, row => row.Values is [1, 2]);
    }

    [Fact]
    public async Task A_bus_that_hangs_costs_its_own_channel_and_nothing_else()
    {
        await using var rows = Rows(Source());
        await UntilAsync(rows, row => row.Values is [1, 2]);

        _second.Lets.Reset();
        await UntilAsync(rows, row => row.Values is [1, float.NaN]);
        var before = _first.Readings;
        for (var heard = 0; heard < 20;)
        {
            var row = await NextAsync(rows);
            Assert.Equal(float.NaN, row.Values[1]);
            heard += row.Values[0] == 1 ? 1 : 0;
        }

        Assert.True(_first.Readings > before);
        _second.Lets.Set();
        await UntilAsync(rows, row => row.Values is [1, 2]);
    }

    [Fact]
    public async Task A_sensor_faster_than_the_rows_is_read_at_its_own_rate()
    {
        var source = Source(everySeconds: 1 / (4 * RateHz));
        await using var rows = Rows(source);
        await UntilAsync(rows, row => row.Values is [1, 2]);

        await UntilAsync(rows, _ => _first.Readings >= 20);

        // On a busy machine some are missed; the deadlines are four times as many all the same.
        var (slow, fast) = (Deadlines(source, 0), Deadlines(source, 1));
        Assert.True(fast > 2 * slow, $"{fast} and {slow} deadlines");
        Assert.True(_second.Readings > 0);
    }

    private static long Deadlines(HardwareSource source, int sensor)
    {
        var status = source.Status!.ToJson()["sensors"]![sensor]!;
        return status["readings"]!.GetValue<long>() + status["missed"]!.GetValue<long>();
    }

    [Fact]
    public async Task Every_deadline_is_counted_by_how_late_it_was_kept()
    {
        var source = Source();
        await using (var rows = Rows(source))
        {
            await UntilAsync(rows, row => row.Index == 10);
        }

        var status = source.Status!.ToJson();
        var counted = status["jitter"]!["upToMicroseconds"]!.AsObject().Sum(step => step.Value!.GetValue<long>());
        Assert.True(counted > 10);
        Assert.Equal(status["rows"]!.GetValue<long>() + status["dropped"]!.GetValue<long>(), counted);
        Assert.Equal(["first", "second"], status["sensors"]!.AsArray().Select(sensor => sensor!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Events_end_with_the_reading()
    {
        var source = Source();
        await using (var rows = Rows(source))
        {
            await NextAsync(rows);
        }

        await source.Events.Completion;
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    private HardwareSource Source(double? everySeconds = null) => new(
        [(Plan(0, "first", "First", null), _first), (Plan(1, "second", "Second", everySeconds), _second)],
        channels: 2, RateHz, TimeProvider.System, NullLogger<HardwareSource>.Instance);

    private static SensorPlan Plan(int channel, string name, string channelName, double? everySeconds)
    {
        var every = TimeSpan.FromSeconds(everySeconds ?? 1 / RateHz);
        return new SensorPlan(name, every, TimeSpan.FromSeconds(10 / RateHz), RowRule.Mean, [channel], [channelName], [1], [0], Quiet: TimeSpan.FromMilliseconds(50));
    }

    private static IAsyncEnumerator<SensorFrame> Rows(HardwareSource source) => source.ReadAsync(CancellationToken.None).GetAsyncEnumerator();

    private static async Task<SensorFrame> NextAsync(IAsyncEnumerator<SensorFrame> rows)
    {
        Assert.True(await rows.MoveNextAsync());
        return rows.Current;
    }

    private static async Task UntilAsync(IAsyncEnumerator<SensorFrame> rows, Func<SensorFrame, bool> wanted)
    {
        while (!wanted(await NextAsync(rows)))
        {
        }
    }

    /// <summary>The next event, while rows go on being taken.</summary>
    private static async Task<SensorEvent> EventAsync(HardwareSource source, IAsyncEnumerator<SensorFrame> rows)
    {
        SensorEvent? happened;
        while (!source.Events.TryRead(out happened))
        {
            await NextAsync(rows);
        }

        return happened;
    }
}
