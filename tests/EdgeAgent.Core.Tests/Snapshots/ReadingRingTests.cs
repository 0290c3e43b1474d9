using EdgeAgent.Core.Snapshots;

namespace EdgeAgent.Core.Tests.Snapshots;

public sealed class ReadingRingTests
{
    [Fact]
    public void It_holds_the_latest_readings_and_gives_none_that_it_has_lost_or_not_yet_had()
    {
        var ring = new ReadingRing(capacity: 10, channels: 2);
        for (var number = 0; number < 37; number++)
        {
            ring.Add(Readings.Frame(number));
            var held = Math.Min(number + 1, 10);
            var (times, values) = (new ReadingTime[held], new float[2 * held]);

            Assert.True(ring.TryCopy(number + 1 - held, times, values));
            Assert.Equal(Enumerable.Range(number + 1 - held, held).Select(i => TimeSpan.FromSeconds(i).Ticks), times.Select(time => time.MonotonicTicks));
            Assert.Equal(Enumerable.Range(number + 1 - held, held).Select(i => Readings.Start.AddSeconds(i).UtcTicks), times.Select(time => time.UtcTicks));
            Assert.Equal(Enumerable.Range(number + 1 - held, held).SelectMany(i => new[] { i, i + 0.1f }), values);
            Assert.False(ring.TryCopy(number + 2 - held, times, values));
            Assert.Equal(number < 10, ring.TryCopy(0, times.AsSpan(0, 1), values));
        }
    }

    [Fact]
    public void The_first_reading_since_a_time_is_found_also_where_times_repeat_or_leap()
    {
        double[] seconds = [0, 1, 1, 1, 2, 50, 50, 51];
        var ring = new ReadingRing(capacity: 6, channels: 1);
        for (var number = 0; number < seconds.Length; number++)
        {
            ring.Add(Readings.Frame(number, channels: 1, seconds[number]));
        }

        // 0 and 1 are gone.
        foreach (var (since, expected) in new[] { (-5.0, 2), (1, 2), (1.5, 4), (2, 4), (3, 5), (50, 5), (50.5, 7), (51, 7), (60, 8) })
        {
            Assert.Equal(expected, ring.FirstSince(TimeSpan.FromSeconds(since)));
        }
    }

    [Fact]
    public void A_reading_takes_no_memory()
    {
        var ring = new ReadingRing(capacity: 1000, channels: 8);
        var frame = Readings.Frame(1, channels: 8);
        ring.Add(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            ring.Add(frame);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task What_is_copied_while_readings_come_is_one_reading_after_the_other()
    {
        var ring = new ReadingRing(capacity: 500, channels: 2);
        using var stop = new CancellationTokenSource();
        var adding = Task.Run(() =>
        {
            for (var number = 0L; !stop.IsCancellationRequested; number++)
            {
                ring.Add(Readings.Frame(number % 1_000_000));
            }
        });
        var (times, values, copied) = (new ReadingTime[100], new float[200], 0);
        while (copied < 2000)
        {
            if (ring.TryCopy(ring.Oldest + 200, times, values))
            {
                copied++;
                for (var i = 0; i < times.Length; i++)
                {
                    var number = TimeSpan.FromTicks(times[i].MonotonicTicks).TotalSeconds;
                    Assert.Equal(((float)number, (float)number + 0.1f), (values[2 * i], values[(2 * i) + 1]));
                    Assert.True(i == 0 || times[i].MonotonicTicks - times[i - 1].MonotonicTicks is TimeSpan.TicksPerSecond or < 0);
                }
            }
        }

        await stop.CancelAsync();
        await adding;
    }
}
