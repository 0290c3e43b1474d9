using System.Globalization;
using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Alarms;

/// <content>What people do about alarms.</content>
public sealed partial class AlarmBook
{
    /// <summary>Does what was asked, or says why not. What somebody did is always published, also of a shelved alarm.</summary>
    public AlarmAnswer Do(AlarmRequest request, Moment now, List<AlarmDecision> told)
    {
        if (request.Fault(_rules.LongestShelf) is { } fault)
        {
            return new AlarmAnswer(AlarmVerdict.BadRequest, fault);
        }

        Pass(now, told);
        var shelves = request.Operation is AlarmOperation.Shelve or AlarmOperation.Unshelve;
        var found = _states.Values.FirstOrDefault(state => state.Alarm?.Id == request.AlarmId)
            ?? _states.Values.FirstOrDefault(state => shelves && state.Shelf?.AlarmId == request.AlarmId);
        if (found is null && request.Source is { } source && _states.TryGetValue(source, out var later))
        {
            // A flapping sensor has another alarm by the time somebody has read the id of this one.
            found = shelves ? later : null;
            if (found is null)
            {
                return new AlarmAnswer(AlarmVerdict.UnknownAlarm, $"alarm {request.AlarmId}: is over; the latest of {source.Name} is {later.Alarm?.Id}");
            }
        }

        return found is null
            ? new AlarmAnswer(AlarmVerdict.UnknownAlarm, $"alarm {request.AlarmId}: not an alarm of the machine or of any channel")
            : request.Operation switch
            {
                AlarmOperation.Acknowledge => Acknowledge(found, request, now, told),
                AlarmOperation.Reset => Reset(found, request, now, told),
                AlarmOperation.Shelve => Shelve(found, request, now, told),
                _ => Unshelve(found, request, now, told),
            };
    }

    private AlarmAnswer Acknowledge(SourceState found, AlarmRequest request, Moment now, List<AlarmDecision> told)
    {
        var alarm = found.Alarm!;
        if (alarm.Acknowledged is { } before)
        {
            return Answer(AlarmVerdict.AlreadySo, string.Create(
                CultureInfo.InvariantCulture, $"was acknowledged at {before.At:yyyy-MM-dd HH:mm:ss} by {before.Who ?? "somebody"}"), found);
        }

        var state = Keep(found with
        {
            Alarm = alarm with
            {
                Phase = AlarmLifeCycle.Next(alarm.Phase, AlarmStimulus.Acknowledge, _rules.Latch)!.Value,
                Acknowledged = new Acknowledgement(request.Who, request.Comment, now.At),
            },
        });
        told.Add(new AlarmDecision(_decisions.Handled("acknowledged", state, alarm.Id, Said(request.Who, request.Comment), now), state, Published: true));
        return Answer(AlarmVerdict.Done, "acknowledged", state);
    }

    private AlarmAnswer Reset(SourceState found, AlarmRequest request, Moment now, List<AlarmDecision> told)
    {
        var alarm = found.Alarm!;
        if (AlarmLifeCycle.Next(alarm.Phase, AlarmStimulus.Reset, _rules.Latch) is not { } phase)
        {
            return Answer(AlarmVerdict.Refused, alarm.Phase.IsActive() ? "cannot be reset while its cause is there" : "is not latched", found);
        }

        var state = Keep(found with { Alarm = alarm with { Phase = phase } });
        told.Add(new AlarmDecision(_decisions.Handled("reset", state, alarm.Id, Said(request.Who, request.Comment), now), state, Published: true));
        return Answer(AlarmVerdict.Done, "reset", state);
    }

    private AlarmAnswer Shelve(SourceState found, AlarmRequest request, Moment now, List<AlarmDecision> told)
    {
        if (found is { Source.IsMachine: true, Stands: true, Alarm.Severity: Severity.Critical } && !_rules.ShelveCritical)
        {
            return Answer(AlarmVerdict.Refused, "is critical, and the config does not let critical machine alarms be shelved (alarms.shelve.critical)", found);
        }

        var alarm = found.Alarm?.Id ?? request.AlarmId;
        var shelf = AlarmShelf.Begin(alarm, request.Time!.Value, now, _bootId, request.Who, request.Comment);
        var state = Keep(found with { Shelf = shelf });
        var data = Said(request.Who, request.Comment);
        data["forSeconds"] = request.Time.Value.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        told.Add(new AlarmDecision(_decisions.Handled("shelved", state, alarm, data, now), state, Published: true));
        return Answer(AlarmVerdict.Done, string.Create(CultureInfo.InvariantCulture, $"shelved until {shelf.Until:yyyy-MM-dd HH:mm:ss}"), state);
    }

    private AlarmAnswer Unshelve(SourceState found, AlarmRequest request, Moment now, List<AlarmDecision> told)
    {
        if (found.Shelf is null)
        {
            return Answer(AlarmVerdict.AlreadySo, "is not shelved", found);
        }

        told.Add(Unshelve(found, "asked", request.Who, request.Comment, now));
        return Answer(AlarmVerdict.Done, "unshelved", Of(found.Source));
    }

    /// <summary>
    /// Its status tells receivers what happened meanwhile: whether an alarm stands now. If they never heard of its raise, this decision is
    /// their raise, and carries all that a raise carries.
    /// </summary>
    private AlarmDecision Unshelve(SourceState found, string reason, string? who, string? comment, Moment now)
    {
        var unseen = found.Stands ? found.Alarm!.Unseen : null;
        var state = Keep(found with { Shelf = null, Alarm = found.Alarm is { } alarm ? alarm with { Unseen = null } : null });
        var data = Said(who, comment);
        data["reason"] = reason;
        if (unseen is not null)
        {
            data["raisedWhileShelved"] = "true";
        }

        return new AlarmDecision(
            _decisions.Handled("unshelved", state, found.Alarm?.Id ?? found.Shelf!.AlarmId, data, now, unseen), state, Published: true);
    }

    private static Dictionary<string, string> Said(string? who, string? comment)
    {
        var data = new Dictionary<string, string>();
        if (who is not null)
        {
            data["who"] = who;
        }

        if (comment is not null)
        {
            data["comment"] = comment;
        }

        return data;
    }

    private static AlarmAnswer Answer(AlarmVerdict verdict, string what, SourceState state) =>
        new(verdict, $"alarm {state.Alarm?.Id ?? state.Shelf?.AlarmId} {what}", state.Status);
}
