using EdgeAgent.Core.Sampling;
using EdgeAgent.Core.Signals;
using EdgeAgent.Sensors.Hardware;
using EdgeAgent.Sensors.Hardware.Iio;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Sensors.Hardware.Iio;

/// <summary>From the device node to the rows, on the real clock. Three axes, as fast as accelerometers for bearings are.</summary>
public sealed class IioStreamTests : IDisposable
{
    private const double RateHz = 26_667;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1 / RateHz);

    private readonly TemporaryFolder _root = new();
    private readonly FakeIioDevice _chip;
    private readonly FakeDevice _slow = new() { Value = 21 };
    private readonly CancellationTokenSource _stop = new();

    public IioStreamTests() => _chip = new FakeIioDevice(_root.Path, RateHz);

    [Fact]
    public async Task Three_axes_of_26_667_samples_per_second_arrive_whole_and_in_time()
    {
        const int Wanted = 80_000;
        var (source, time) = Source(samplesPerRow: 1);
        var playing = Play(0);
        var seen = 0;
        long? first = null;
        await foreach (var row in source.ReadAsync(_stop.Token))
        {
            var number = FakeIioDevice.NumberOf(row.Values[0], row.Values[1]);
            first ??= number;
            Assert.Equal(first + seen, number);
            Assert.Equal(-0.5f, row.Values[2]);
            var truth = time.SinceStart(await playing.Started + (long)Math.Round(number * (1e9 / RateHz)));
            Assert.InRange(row.Monotonic - truth, -Period, Period);
            if (++seen == Wanted)
            {
                break;
            }
        }

        await playing.EndAsync(_stop);
        Assert.Equal(0, Lost(source));
    }

    [Fact]
    public async Task Rows_of_two_samples_are_their_mean_and_a_slow_sensor_is_beside_them()
    {
        var (source, _) = Source(samplesPerRow: 2);
        var playing = Play(0);
        var rows = await TakeAsync(source, row => row.Values[3] == 21, 2000);

        await playing.EndAsync(_stop);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(pair.Second.Monotonic > pair.First.Monotonic));
        var steps = rows.Zip(rows.Skip(1), (a, b) => b.Values[0] - a.Values[0]).Where(step => step > 0).ToList();
        Assert.True(steps.Count > 1990);
        Assert.All(steps, step => Assert.Equal(1, step));
        Assert.InRange((rows[^1].Monotonic - rows[0].Monotonic) / (rows.Count - 1), 1.99 * Period, 2.01 * Period);
    }

    [Fact]
    public async Task Samples_that_never_came_leave_rows_without_values_and_are_told_once()
    {
        var (source, _) = Source(samplesPerRow: 1);
        var playing = Play(0, leftOut: number => number is >= 30_000 and < 30_100);
        var rows = await TakeAsync(source, row => true, 60_000);

        await playing.EndAsync(_stop);
        Assert.Equal(100, rows.Count(row => float.IsNaN(row.Values[0])));
        var from = rows.FindIndex(row => float.IsNaN(row.Values[0]));
        Assert.All(rows.Skip(from).Take(100), row => Assert.Equal([float.NaN, float.NaN, float.NaN], row.Values[..3]));
        Assert.Equal(30_100, FakeIioDevice.NumberOf(rows[from + 100].Values[0], rows[from + 100].Values[1]));
        Assert.True(source.Events.TryRead(out var told));
        Assert.Equal(("accelerometer", 100), (told.Sensor, told.Lost));
        Assert.Equal(100, Lost(source));
    }

    [Fact]
    public async Task While_it_is_unplugged_rows_go_on_without_it_and_then_with_it_again()
    {
        var (source, _) = Source(samplesPerRow: 2);
        var playing = Play(0);
        await using var rows = source.ReadAsync(_stop.Token).GetAsyncEnumerator(CancellationToken.None);
        await UntilAsync(rows, row => row.Values[0] > 0);
        await playing.EndAsync(null);

        _chip.Unplug();
        var gone = await UntilAsync(rows, row => float.IsNaN(row.Values[0]) && row.Values[3] == 21);
        var failed = await source.Events.ReadAsync();
        _chip.Plug();
        var again = Play(1_000_000);
        var back = await UntilAsync(rows, row => row.Values[0] > 0, every: (before, row) =>
            Assert.InRange(row.Monotonic - before.Monotonic, TimeSpan.Zero, 4 * Period));

        Assert.Equal(("accelerometer", ReadFaultKind.Absent), (failed.Sensor, failed.Fault!.Kind));
        Assert.True(back.Monotonic > gone.Monotonic);
        Assert.True(FakeIioDevice.NumberOf(back.Values[0], back.Values[1]) >= 0);
        await again.EndAsync(_stop);
        Assert.Equal(0, Lost(source));
    }

    [Fact]
    public async Task A_device_that_is_absent_at_the_start_leaves_the_other_sensors_their_rows()
    {
        var (source, _) = Source(samplesPerRow: 2);
        _chip.Unplug();
        await using var rows = source.ReadAsync(_stop.Token).GetAsyncEnumerator(CancellationToken.None);

        await UntilAsync(rows, row => float.IsNaN(row.Values[0]) && row.Values[3] == 21);
        _chip.Plug();
        var playing = Play(0);
        await UntilAsync(rows, row => row.Values[0] > 0 && row.Values[3] == 21);
        await playing.EndAsync(_stop);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _chip.Dispose();
        _slow.Dispose();
        _root.Dispose();
    }

    private (HardwareSource Source, StartTime Time) Source(int samplesPerRow)
    {
        _chip.Plug();
        var time = new StartTime();
        var ring = new SampleRing((int)(4 * RateHz), outputs: 3);
        var every = TimeSpan.FromSeconds(0.1);
        var fast = new SensorPlan("accelerometer", every, 3 * every, RowRule.Mean, [0, 1, 2], ["x", "y", "z"], [1, 1, 1], [0, 0, 0], Quiet: TimeSpan.FromSeconds(1));
        var slow = new SensorPlan("thermometer", every, 3 * every, RowRule.Mean, [3], ["t"], [1], [0], Quiet: TimeSpan.FromSeconds(1));
        var device = new IioBufferedDevice(_chip.Options(), _root.Path, _root.Path, ring, time);
        var source = new HardwareSource(
            [(fast, device), (slow, _slow)], channels: 4, RateHz / samplesPerRow, time, NullLogger<HardwareSource>.Instance, new SampleFeed(0, ring, samplesPerRow));
        return (source, time);
    }

    private PlayedChip Play(long first, Func<long, bool>? leftOut = null) => new(_chip, first, leftOut ?? (_ => false));

    private static long? Lost(HardwareSource source) => source.Status!.ToJson()["sensors"]![0]!["lost"]!.GetValue<long>();

    /// <summary>So many rows from the first on that is wanted.</summary>
    private async Task<List<SensorFrame>> TakeAsync(HardwareSource source, Func<SensorFrame, bool> from, int count)
    {
        var rows = new List<SensorFrame>();
        await foreach (var row in source.ReadAsync(_stop.Token))
        {
            if (rows.Count > 0 || from(row))
            {
                rows.Add(row);
            }

            if (rows.Count == count)
            {
                break;
            }
        }

        return rows;
    }

    private static async Task<SensorFrame> UntilAsync(IAsyncEnumerator<SensorFrame> rows, Func<SensorFrame, bool> wanted, Action<SensorFrame, SensorFrame>? every = null)
    {
        SensorFrame? before = null;
        do
        {
            Assert.True(await rows.MoveNextAsync());
            if (before is not null)
            {
                every?.Invoke(before, rows.Current);
            }

            before = rows.Current;
        }
        while (!wanted(before));
        return before;
    }
}
