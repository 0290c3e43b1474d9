using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Gpio;

namespace EdgeAgent.Outputs;

/// <summary>
/// Keeps one output line at what it is told, and takes it again when it was lost. Nothing that goes wrong with it is anybody's trouble but its own.
/// </summary>
/// <param name="request">The line.</param>
/// <param name="safe">What it is left at.</param>
/// <param name="report">Hears of each kind of fault once until it has worked again, and then null.</param>
internal sealed class HeldLine(GpioLineRequest request, bool safe, GpioLineOpener open, Action<ReadFault?> report)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly RetryPause _pause = new(TimeSpan.FromSeconds(1));
    private readonly FaultEpisode _episode = new(Quiet);
    private IGpioLine? _line;
    private bool _driven;
    private TimeSpan _tryAt = TimeSpan.MinValue;

    /// <summary>Called at least every few seconds, also when nothing changes.</summary>
    /// <param name="now">On one monotonic clock.</param>
    public void Drive(bool active, TimeSpan now)
    {
        if (now < _tryAt)
        {
            return;
        }

        var fault = _line is null ? open(request with { Drives = active }, out _line) : _driven == active ? null : _line.Write(active);
        _driven = active;
        if (fault is null)
        {
            _pause.Reset();
            if (_episode.Succeed(now) is not null)
            {
                report(null);
            }
        }
        else
        {
            LetGo();
            _tryAt = now + _pause.Next();
            if (_episode.Fail(fault.Kind, now))
            {
                report(fault);
            }
        }
    }

    /// <summary>Leaves the line in its safe state.</summary>
    public void End()
    {
        _ = _line?.Write(safe);
        LetGo();
    }

    private void LetGo()
    {
        _line?.Dispose();
        _line = null;
    }
}
