using EdgeAgent.Core.Modes;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Detection;

/// <summary>
/// What is judged of a frame before any model sees it: sensor health, operating mode, sampling rate. It belongs to the machine,
/// so two models that watch the same machine share it. Not thread-safe.
/// </summary>
public sealed class FrameGates(WatchSettings settings)
{
    public HealthGate Health { get; } = new(settings.Limits, settings.Delays, settings.MaxGap);

    /// <summary>null for a machine that always runs alike.</summary>
    public ModeGate? Modes { get; } = settings.Modes is { } rule ? new ModeGate(rule) : null;

    public RateWatch Rate { get; } = new(settings.RateHz);

    /// <summary>Sensor alarms that the latest frame began or ended; reused by the next one.</summary>
    public IReadOnlyList<HealthChange> Changes { get; private set; } = [];

    /// <summary>With the latest frame the machine went to another mode.</summary>
    public bool ModeChanged { get; private set; }

    /// <summary>With the latest frame the rate became wrong, or right again.</summary>
    public bool RateChanged { get; private set; }

    /// <summary>False while no window may be made: a mode that is not watched, or readings at another rate.</summary>
    public bool AreOpen => !Rate.IsWrong && Modes is not { IsOpen: false };

    public void Inspect(SensorFrame frame)
    {
        Changes = Health.Inspect(frame);
        ModeChanged = Modes is not null && Modes.Update(frame, Health.Verdicts);
        RateChanged = Rate.Update(frame.Monotonic);
    }

    /// <summary>The source is silent.</summary>
    public void Silence(TimeSpan now) => Changes = Health.Silence(now);
}
