using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware;
using EdgeAgent.Sensors.Hardware.Iio;

namespace EdgeAgent.Tests.Sensors.Hardware.Iio;

public sealed class IioBufferedDeviceTests : IDisposable
{
    private const double RateHz = 1000;
    private const long PeriodNs = 1_000_000;

    private readonly TemporaryFolder _root = new();
    private readonly SampleRing _ring = new(10_000, outputs: 3);
    private readonly FakeIioDevice _chip;
    private readonly long _start = FakeIioDevice.Now();

    public IioBufferedDeviceTests()
    {
        _chip = new FakeIioDevice(_root.Path, RateHz);
        _chip.Plug();
    }

    [Fact]
    public void Opening_it_switches_the_channels_on_and_sets_rate_clock_length_and_watermark()
    {
        using var device = Device(_chip.Options());

        Assert.Null(device.Open());

        Assert.Equal(["1", "1", "1", "1"], new[] { "in_accel_x_en", "in_accel_y_en", "in_accel_z_en", "in_timestamp_en" }.Select(file => _chip.Read($"scan_elements/{file}")));
        Assert.Equal(("1000", "monotonic", "1000", "100", "1"), (
            _chip.Read("sampling_frequency"), _chip.Read("current_timestamp_clock"), _chip.Read("buffer/length"), _chip.Read("buffer/watermark"), _chip.Read("buffer/enable")));
    }

    [Fact]
    public void What_is_set_up_already_is_left_alone()
    {
        var options = _chip.Options();
        using (var device = Device(options))
        {
            device.Open();
        }

        _chip.Write("buffer/watermark", "7");
        _chip.Write("buffer/length", "1024");
        using var second = Device(options);

        Assert.Null(second.Open());
        Assert.Equal(("7", "1024"), (_chip.Read("buffer/watermark"), _chip.Read("buffer/length")));
    }

    /// <summary>A file of the kernel's own that nobody may write stands for a sysfs that is closed to the agent.</summary>
    [Fact]
    public void Where_the_agent_may_not_set_it_up_it_says_what_has_to_be_written()
    {
        File.Delete(Path.Combine(_chip.Folder, "buffer/enable"));
        File.CreateSymbolicLink(Path.Combine(_chip.Folder, "buffer/enable"), "/sys/kernel/uevent_seqnum");
        using var device = Device(_chip.Options());

        var fault = device.Open();

        Assert.Equal(ReadFaultKind.PermissionDenied, fault!.Kind);
        Assert.EndsWith(
            "iio-setup --config FILE, which writes scan_elements/in_accel_x_en=1 scan_elements/in_accel_y_en=1 scan_elements/in_accel_z_en=1 scan_elements/in_timestamp_en=1 "
            + "current_timestamp_clock=monotonic sampling_frequency=1000 buffer/length=1000 buffer/enable=1",
            fault.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reading_is_the_mean_of_what_came_since_the_one_before_and_every_sample_goes_its_own_way()
    {
        using var device = Open();
        Push(0, 101);

        Assert.Equal([50 * 0.5, 0, -0.5], Read(device));
        Assert.Equal(Enumerable.Range(0, 101).Select(n => ((long)n, (long)n)), Taken());

        Push(101, 1);
        Assert.Equal(101 * 0.5, Read(device)[0]);
        Assert.Equal(0, device.Lost);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        using var device = Open();
        var values = new double[3];
        long Allocated(long first)
        {
            Push(first, 500);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var fault = device.Read(values);
            var after = GC.GetAllocatedBytesForCurrentThread();
            Assert.Null(fault);
            return after - before;
        }

        Allocated(0);
        Assert.Equal(0, Allocated(500));
    }

    [Fact]
    public void With_latest_a_reading_is_the_newest_sample()
    {
        using var device = Open(_chip.Options() with { Row = RowRule.Latest });
        Push(0, 101);

        Assert.Equal(100 * 0.5, Read(device)[0]);
    }

    [Fact]
    public void Samples_have_the_drivers_own_times()
    {
        using var device = Open();
        Push(0, 3);
        Read(device);

        Assert.All(new long[] { 0, 1, 2 }, n =>
        {
            Assert.True(_ring.TryTake(out _, out var at, new double[3]));
            Assert.InRange(at - (_start + (n * PeriodNs)), -PeriodNs / 10, PeriodNs / 10);
        });
    }

    [Fact]
    public void Samples_that_the_driver_left_out_are_counted_and_their_numbers_with_them()
    {
        using var device = Open();
        Push(0, 50);
        Push(57, 50);
        Read(device);

        Assert.Equal(7, device.Lost);
        Assert.Equal(Enumerable.Range(0, 107).Where(n => n is < 50 or >= 57).Select(n => ((long)n, (long)n)), Taken());
    }

    [Fact]
    public void Without_stamps_samples_lie_evenly_up_to_the_moment_at_which_they_were_read()
    {
        using var chip = new FakeIioDevice(Path.Combine(_root.Path, "plain"), RateHz, stamps: false);
        chip.Plug();
        using var device = Open(chip.Options());
        chip.Push(0, 100, _ => 0);
        var before = FakeIioDevice.Now();
        Read(device);
        var after = FakeIioDevice.Now();

        var times = Times();
        Assert.InRange(times[^1], before, after);
        Assert.All(times.Zip(times.Skip(1), (a, b) => b - a), step => Assert.InRange(step, PeriodNs - 1, PeriodNs + 1));

        chip.Push(100, 10, _ => 0);
        Read(device);
        var next = Times();
        Assert.Equal(10, next.Count);
        Assert.Equal(next.Order().Distinct(), next);
        Assert.True(next[0] > times[^1]);
        Assert.Equal(0, device.Lost);
    }

    [Fact]
    public void Without_stamps_a_buffer_that_was_full_has_lost_what_the_time_says()
    {
        using var chip = new FakeIioDevice(Path.Combine(_root.Path, "plain"), RateHz, stamps: false);
        chip.Plug();
        var time = new AheadTime();
        var options = chip.Options();
        using var device = new IioBufferedDevice(options with { Buffer = options.Buffer! with { Length = 64 } }, _root.Path, _root.Path, _ring, time);
        Assert.Null(device.Open());
        chip.Push(0, 10, _ => 0);
        Read(device);

        time.Move(TimeSpan.FromSeconds(10));
        chip.Push(10, 64, _ => 0);
        Read(device);
        Assert.Equal(0, device.Lost);
        chip.Push(10_010, 1, _ => 0);
        Read(device);

        Assert.InRange(device.Lost!.Value, 9936, 10_936);
        Assert.Equal(73 + device.Lost + 1, Taken()[^1].Number);
    }

    [Fact]
    public void What_was_kept_while_nobody_read_is_thrown_away()
    {
        Push(0, 200);
        using var device = Open();
        Push(200, 10);
        Read(device);

        Assert.Equal(200, Taken()[0].Sample);
    }

    [Fact]
    public void A_device_that_is_unplugged_is_absent_and_works_again_when_it_is_back()
    {
        using var device = Open();
        Push(0, 10);
        Read(device);
        _chip.Unplug();

        Assert.Equal(ReadFaultKind.Absent, device.Read(new double[3])!.Kind);

        _chip.Plug();
        Assert.Null(device.Open());
        Push(500, 10);
        Read(device);
        Assert.Equal((0, 500), Taken()[10]);
        Assert.Equal(0, device.Lost);
    }

    [Fact]
    public void A_buffer_that_nothing_comes_out_of_is_a_timeout()
    {
        using var device = Open();

        Assert.Equal(ReadFaultKind.Timeout, device.Read(new double[3])!.Kind);
    }

    [Fact]
    public void A_channel_that_the_buffer_does_not_have_is_named_beside_those_that_it_has()
    {
        var options = _chip.Options();
        using var device = Device(options with { Readings = [options.Readings[0] with { Attribute = "in_voltage0" }] });

        Assert.Contains("has no in_voltage0, only in_accel_x, in_accel_y, in_accel_z, in_timestamp", device.Open()!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_is_not_known_is_bad_data()
    {
        _chip.Write("scan_elements/in_accel_y_type", "le:f32/32>>0");
        using var device = Device(_chip.Options());

        var fault = device.Open()!;
        Assert.Equal(ReadFaultKind.BadData, fault.Kind);
        Assert.Contains("\"le:f32/32>>0\"", fault.Why, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _chip.Dispose();
        _root.Dispose();
    }

    private IioBufferedDevice Device(IioSensorOptions options) => new(options, _root.Path, _root.Path, _ring, TimeProvider.System);

    private IioBufferedDevice Open(IioSensorOptions? options = null)
    {
        var device = Device(options ?? _chip.Options());
        Assert.Null(device.Open());
        return device;
    }

    private void Push(long first, int count) => _chip.Push(first, count, number => _start + (number * PeriodNs));

    private static double[] Read(IioBufferedDevice device)
    {
        var values = new double[3];
        Assert.Null(device.Read(values));
        return values;
    }

    /// <summary>Every sample: the number that it was given, and the one that it holds.</summary>
    private List<(long Number, long Sample)> Taken()
    {
        var taken = new List<(long, long)>();
        var values = new double[3];
        while (_ring.TryTake(out var number, out _, values))
        {
            taken.Add((number, FakeIioDevice.NumberOf(values[0], values[1])));
        }

        return taken;
    }

    private List<long> Times()
    {
        var times = new List<long>();
        while (_ring.TryTake(out _, out var at, new double[3]))
        {
            times.Add(at);
        }

        return times;
    }
}
