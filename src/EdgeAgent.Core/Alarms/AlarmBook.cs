using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Alarms;

/// <summary>
/// The alarms of one device: the machine's and each channel's, all through the same life cycle. Takes what the watch saw and
/// what people ask for, and says what was decided. Deterministic; not thread-safe.
/// Two clocks come in: <c>reading</c> is the monotonic time of the readings, in which bursts and floods are counted, so that a
/// recording gives the same at every speed; shelves run by the moment's time since boot.
/// </summary>
public sealed partial class AlarmBook
{
    private readonly AlarmRules _rules;
    private readonly DecisionMaker _decisions;
    private readonly string _bootId;
    private readonly AlarmSource _machine;
    private readonly AlarmSource[] _sensors;
    private readonly Dictionary<AlarmSource, SourceState> _states = [];
    private readonly FirstOut _firstOut;
    private readonly FloodWatch _flood;

    public AlarmBook(AlarmRules rules, DecisionMaker decisions, DeviceIdentity device, IReadOnlyList<Channel> channels)
    {
        _rules = rules;
        _decisions = decisions;
        _bootId = device.BootId;
        _machine = AlarmSource.Machine(device.Machine);
        _sensors = [.. channels.Select(channel => AlarmSource.Sensor(channel.Name))];
        _firstOut = new FirstOut(rules.Burst);
        _flood = new FloodWatch(rules.FloodAlarms, rules.FloodWindow);
    }

    /// <summary>Where every source stands that has or had an alarm, or is shelved.</summary>
    public IReadOnlyCollection<SourceState> States => _states.Values;

    /// <summary>Sensor alarms are being suppressed, or were just now: every reading concerns the book.</summary>
    public bool IsFlooded => _flood.IsOn || _floodIsOver;

    /// <summary>Goes on from where an earlier run stood. An alarm of something that the config no longer names ends here.</summary>
    public void Restore(IEnumerable<SourceState> states, Moment now, List<AlarmDecision> told)
    {
        foreach (var state in states)
        {
            if (state.Source == _machine || _sensors.Contains(state.Source))
            {
                _states[state.Source] = state with { Shelf = state.Shelf?.Resume(now, _bootId) };
                continue;
            }

            var gone = state with { Alarm = null, Shelf = null };
            var ended = state.Stands
                ? _decisions.Handled("cleared", gone, state.Alarm!.Id, new Dictionary<string, string> { ["reason"] = "source-removed" }, now)
                : null;
            told.Add(new AlarmDecision(ended, gone, Published: !Hidden(state)));
        }

        _flood.Resume(_states.Values.Max(state => state.Alarm?.FloodCount) ?? 0);
    }

    /// <summary>What a reading, or the absence of one, did to the alarms.</summary>
    /// <param name="reading">Monotonic, of the readings.</param>
    public void Follow(Observation seen, Moment now, TimeSpan reading, List<AlarmDecision> told)
    {
        Pass(now, told);
        ForgetFlood(told);
        foreach (var change in seen.HealthChanges)
        {
            FollowSensor(change, now, reading, told);
        }

        if (seen.Alarm is { } alarm)
        {
            FollowMachine(alarm, seen, now, reading, told);
        }

        if (_flood.End(reading) is { } suppressed)
        {
            told.Add(Flood("alarm-flood-ended", Severity.Info, suppressed, now));
            _floodIsOver = true;
        }
    }

    /// <summary>Shelves end by themselves.</summary>
    public void Pass(Moment now, List<AlarmDecision> told)
    {
        var shelves = _states.Values.Any(state => state.Shelf is not null) ? _states.Values.ToArray() : [];
        foreach (var state in shelves)
        {
            if (state.Shelf is not { } shelf)
            {
                continue;
            }

            if (shelf.IsOver(now))
            {
                told.Add(Unshelve(state, "time-over", who: null, comment: null, now));
            }
            else if (shelf.Checkpoint(now) is { } stored)
            {
                told.Add(new AlarmDecision(null, Keep(state with { Shelf = stored }), Published: false));
            }
        }
    }

    private void FollowMachine(AlarmChange change, Observation seen, Moment now, TimeSpan reading, List<AlarmDecision> told)
    {
        var before = Of(_machine);
        if (before.Shelf is not null && change.Severity == Severity.Critical && change.Event != AlarmEvent.Cleared && !_rules.ShelveCritical)
        {
            told.Add(Unshelve(before, "grew-critical", who: null, comment: null, now));
            before = Of(_machine);
        }

        var isNew = change.Event == AlarmEvent.Raised && !before.Stands;
        var alarm = (isNew ? null : before.Alarm)
            ?? new AlarmRecord(_decisions.NewAlarm(now), AlarmPhase.UnacknowledgedActive, change.Severity, null, change.Score, now.At);
        var stimulus = change.Event == AlarmEvent.Cleared ? AlarmStimulus.Return : AlarmStimulus.Raise;
        var phase = AlarmLifeCycle.Next(alarm.Phase, stimulus, _rules.Latch)!.Value;
        var again = alarm.Phase.IsLatched() && phase.IsActive();
        var state = Keep(before with
        {
            Alarm = alarm with
            {
                Phase = phase,
                Severity = change.Severity,
                Score = change.Score,
                Acknowledged = again ? null : alarm.Acknowledged,
            },
        });

        // A latched alarm has not ended when its cause has gone, and has not begun anew when its cause comes back.
        var (happened, code) = change.Event switch
        {
            AlarmEvent.Cleared when phase.IsLatched() => ("updated", change.Settled ? "latched-settled-at-new-level" : "latched-back-to-normal"),
            AlarmEvent.Cleared => ("cleared", change.Settled ? "settled-at-new-level" : "back-to-normal"),
            AlarmEvent.Raised when again => ("updated", "raised-again"),
            AlarmEvent.Raised => ("raised", null),
            _ => ("updated", default(string)),
        };
        var hidden = Hidden(state);
        var data = isNew && !hidden ? _firstOut.Raise(alarm.Id, reading) : null;
        told.Add(Tell(_decisions.Machine(change, seen, happened, state, code, data, now), state, isNew));
    }

    private void FollowSensor(HealthChange change, Moment now, TimeSpan reading, List<AlarmDecision> told)
    {
        var before = Of(_sensors[change.Channel]);
        var isNew = change is { Active: true, IsUpdate: false } || before.Alarm is null;
        var alarm = isNew
            ? new AlarmRecord(_decisions.NewAlarm(now), AlarmPhase.UnacknowledgedActive, Severity.Warning, null, null, now.At)
            : before.Alarm!;
        var phase = AlarmLifeCycle.Next(alarm.Phase, change.Active ? AlarmStimulus.Raise : AlarmStimulus.Return, latching: false)!.Value;
        var wasFlood = _flood.IsOn;
        var suppressed = isNew && before.Shelf is null ? _flood.Raise(reading) : alarm.Suppressed;
        var state = Keep(before with
        {
            Alarm = alarm with
            {
                Phase = phase,
                Code = DecisionMaker.SensorCode(change.Verdict),
                Suppressed = suppressed,
                FloodCount = isNew && suppressed ? _flood.Suppressed : alarm.FloodCount,
            },
        });
        if (_flood.IsOn && !wasFlood)
        {
            told.Add(Flood("alarm-flood", Severity.Warning, _flood.Suppressed, now));
        }

        var happened = !change.Active ? "cleared" : change.IsUpdate ? "updated" : "raised";
        var hidden = Hidden(state);
        var data = isNew && !hidden ? _firstOut.Raise(alarm.Id, reading) : null;
        told.Add(Tell(_decisions.Sensor(change, happened, state, data, now), state, isNew));
    }

    /// <summary>A raise that a shelf hides is kept with the alarm, brought up to date, for the end of the shelf to tell.</summary>
    private AlarmDecision Tell(Decision decision, SourceState state, bool isNew)
    {
        var unseen = state is { Shelf: not null, Stands: true } && (isNew || state.Alarm!.Unseen is not null) ? decision : null;
        return new AlarmDecision(decision, Keep(state with { Alarm = state.Alarm! with { Unseen = unseen } }), !Hidden(state));
    }

    private static bool Hidden(SourceState state) => state.Shelf is not null || state.Alarm is { Suppressed: true };

    private SourceState Of(AlarmSource source) => _states.GetValueOrDefault(source) ?? new SourceState(source, null, null);

    private SourceState Keep(SourceState state) => _states[state.Source] = state;
}
