using System.Threading.Channels;
using EdgeAgent.Core.Sampling;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>Tells what becomes of one sensor: to the log, and as events. Thread-safe.</summary>
internal sealed class SensorReports(SensorPlan plan, ChannelWriter<SensorEvent> events, ILogger log)
{
    /// <summary>Losses go on for as long as their cause does: they are told together.</summary>
    private static readonly TimeSpan BetweenLosses = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly FaultEpisode _episode = new(plan.Quiet);
    private long _failures;
    private bool _hangs;
    private ReadFault? _latest;
    private long _lostTold;
    private TimeSpan? _toldLossAt;

    /// <summary>Since the start.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>What is wrong now; null while it can be read.</summary>
    public ReadFault? Fault => Volatile.Read(ref _latest);

    public void Fail(ReadFault fault, TimeSpan now)
    {
        lock (_lock)
        {
            _hangs = false;
            Volatile.Write(ref _failures, _failures + 1);
            Tell(fault, now);
        }
    }

    /// <summary>A fault that goes on for as long as nobody says that the sensor can be read.</summary>
    public void Hang(ReadFault fault, TimeSpan now)
    {
        lock (_lock)
        {
            if (!_hangs)
            {
                _hangs = true;
                Tell(fault, now);
            }
        }
    }

    public void Succeed(TimeSpan now)
    {
        lock (_lock)
        {
            _hangs = false;
            Volatile.Write(ref _latest, null);
            if (_episode.Succeed(now) is { } failedFor)
            {
                HardwareLog.Readable(log, plan.Name, failedFor.TotalSeconds, _episode.Failures);
                events.TryWrite(new SensorEvent(plan.Name, plan.ChannelNames, Fault: null, failedFor, _episode.Failures));
            }
        }
    }

    /// <param name="lost">Samples that never came, since the start.</param>
    public void Lose(long lost, TimeSpan now)
    {
        lock (_lock)
        {
            if (lost > _lostTold && !(now - _toldLossAt < BetweenLosses))
            {
                HardwareLog.SamplesLost(log, plan.Name, lost - _lostTold);
                events.TryWrite(new SensorEvent(plan.Name, plan.ChannelNames, Fault: null, FailedFor: null, _episode.Failures, lost - _lostTold));
                _lostTold = lost;
                _toldLossAt = now;
            }
        }
    }

    private void Tell(ReadFault fault, TimeSpan now)
    {
        Volatile.Write(ref _latest, fault);
        if (_episode.Fail(fault.Kind, now))
        {
            HardwareLog.Unreadable(log, plan.Name, fault.Name, fault.Why);
            events.TryWrite(new SensorEvent(plan.Name, plan.ChannelNames, fault, FailedFor: null, _episode.Failures));
        }
    }
}
