using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Detection;

/// <content>
/// Two watches on one machine: one leads, whose alarms count, and one goes beside it on the same frames. Which of them leads may
/// change between any two frames; then no window is missed and none is scored twice.
/// </content>
public sealed partial class MachineWatch
{
    /// <summary>A window has been due since the watch began, or was taken over from another one.</summary>
    public bool IsWarm { get; private set; }

    /// <summary>The latest judgement of the machine, before any model.</summary>
    public FrameGates Gates => _gates;

    /// <summary>
    /// From now on this watch goes beside another one: it sees what that one's gates let pass, and if both models have windows of
    /// the same shape, it goes on with a copy of the window as it is now.
    /// </summary>
    public void Join(MachineWatch leader)
    {
        _gates = leader._gates;

        // Half a window is taken over as well: whoever leads when it is full scores it.
        var taken = _averager.TryTakeOver(leader._averager) && _window.TryTakeOver(leader._window);
        IsWarm = leader.IsWarm && taken;
    }

    /// <summary>Judges the frame that the leader has just observed.</summary>
    /// <param name="hold">The machine is, by the leader's word, not normal now: references freeze and nothing is calibrated on it.</param>
    public Observation Follow(SensorFrame frame, bool hold) => Judge(frame, hold);

    /// <summary>The leader was told of a silence.</summary>
    public void FollowSilence()
    {
        _drifts.Clear();
        _window.Restart();
    }

    /// <summary>
    /// From the next frame on this watch leads. The machine alarm stands as it stood with the one before, and ends when this one's
    /// score says so; delays begin anew.
    /// </summary>
    public void Lead(MachineWatch before)
    {
        _alarm.TakeOver(before._alarm);
        _toldUncalibrated.Clear();
    }
}
