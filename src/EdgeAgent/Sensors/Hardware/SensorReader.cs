using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>
/// Reads one sensor on its own schedule, for ever: open ─▶ read, read, read … fault ─▶ pause ─▶ open. Runs on a thread of its
/// own, because a bus may block for as long as it likes.
/// </summary>
internal sealed class SensorReader(SensorPlan plan, ISensorDevice device, DeadlineClock clock, SensorReports reports)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    private readonly RetryPause _pause = new(plan.Every);
    private long _busySince = long.MinValue;
    private long _readings;
    private long _missed;

    public string Name => plan.Name;

    public SensorCells Cells { get; } = new(plan);

    public JitterHistogram Jitter { get; } = new();

    public long Readings => Volatile.Read(ref _readings);

    /// <summary>Deadlines that passed while it was busy or failing.</summary>
    public long Missed => Volatile.Read(ref _missed);

    /// <summary>Samples that never came; null where there are none to lose.</summary>
    public long? Lost => device.Lost;

    public SensorReports Reports => reports;

    /// <summary>Runs until the clock stops.</summary>
    public void Run()
    {
        using (device)
        {
            while (!clock.IsStopped)
            {
                var fault = Guarded(device.Open) ?? ReadUntilFault();
                if (fault is null)
                {
                    return;
                }

                Cells.Fail();
                reports.Fail(fault, clock.Now);
                clock.Wait(clock.Now + _pause.Next());
            }
        }
    }

    /// <summary>Says once that the device has held its thread for too long; called by another thread.</summary>
    public void NoticeSilence(TimeSpan now)
    {
        var since = Volatile.Read(ref _busySince);
        var limit = 3 * plan.Every > LongestSilence ? 3 * plan.Every : LongestSilence;
        if (since != long.MinValue && now.Ticks - since > limit.Ticks)
        {
            reports.Hang(new ReadFault(ReadFaultKind.Timeout, $"has not come back from a reading that began {(int)limit.TotalSeconds} s ago; its bus or its driver hangs"), now);
        }
    }

    /// <summary>Reads at once, which after a fault says whether it is over, and then on schedule.</summary>
    /// <returns>null when the clock stopped.</returns>
    private ReadFault? ReadUntilFault()
    {
        var values = new double[plan.Channels.Length];
        var fault = ReadOnce(values);
        var schedule = new SampleSchedule(1 / plan.Every.TotalSeconds, clock.NextMultipleOf(plan.Every));
        while (fault is null && clock.Wait(schedule.Due))
        {
            Jitter.Record(clock.Now - schedule.Due);
            fault = ReadOnce(values);
            var missed = schedule.Missed;
            schedule.Next(clock.Now);
            Volatile.Write(ref _missed, _missed + schedule.Missed - missed);
        }

        return fault;
    }

    private ReadFault? ReadOnce(double[] values)
    {
        if (Guarded(() => device.Read(values)) is { } fault)
        {
            return fault;
        }

        var now = clock.Now;
        _pause.Reset();
        Cells.Put(values, now);
        reports.Succeed(now);
        reports.Lose(device.Lost ?? 0, now);
        Volatile.Write(ref _readings, _readings + 1);
        return null;
    }

    /// <summary>Lets the other threads see how long a call takes.</summary>
    private ReadFault? Guarded(Func<ReadFault?> call)
    {
        Volatile.Write(ref _busySince, clock.Now.Ticks);
        var fault = call();
        Volatile.Write(ref _busySince, long.MinValue);
        return fault;
    }
}
