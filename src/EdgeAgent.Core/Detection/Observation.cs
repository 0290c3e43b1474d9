using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Modes;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Detection;

/// <summary>What one frame led to.</summary>
/// <param name="Score">null where there was no valid window or no calibration.</param>
/// <param name="Threshold">null without a calibration for the present mode.</param>
/// <param name="AlarmActive">Whether the machine alarm stands after this frame.</param>
/// <param name="Health">The worst verdict on the frame.</param>
/// <param name="HealthChanges">Sensor alarms that began or ended; reused by the next frame.</param>
/// <param name="Alarm">What happened to the machine alarm, if anything.</param>
/// <param name="Evidence">Set whenever <paramref name="Alarm"/> is.</param>
/// <param name="Mode">The machine's operating mode; null if it is not told or unknown.</param>
/// <param name="Drifts">Channels whose normal level left the calibration or came back; reused by the next frame.</param>
/// <param name="Notice">What the watch has to say about itself, if anything.</param>
public readonly record struct Observation(
    float? Score,
    double? Threshold,
    bool AlarmActive,
    ChannelHealth Health,
    IReadOnlyList<HealthChange> HealthChanges,
    AlarmChange? Alarm,
    IReadOnlyList<Evidence>? Evidence,
    OperatingMode? Mode,
    IReadOnlyList<DriftChange> Drifts,
    WatchNotice? Notice);
