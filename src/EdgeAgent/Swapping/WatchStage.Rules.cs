using EdgeAgent.Calibrating;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages.Swapping;
using EdgeAgent.Core.Signals;
using EdgeAgent.Storage;

namespace EdgeAgent.Swapping;

/// <content>When a candidate is taken or not, and when a model goes back.</content>
internal sealed partial class WatchStage
{
    private void FollowShadow(Moment now)
    {
        if (_shadow is not { IsReported: false } shadow)
        {
            return;
        }

        if (shadow.Failure is null && calibration.IsFilled(shadow.Watch))
        {
            Calibrate(shadow, now);
        }

        if (shadow.Failure is not null)
        {
            GiveUp(shadow, shadow.Failure, now);
        }
        else if (shadow.Watch.CalibrationProgress is null && shadow.IsOver && !IsCalibratingLead)
        {
            if (shadow.Verdict() is { } worse)
            {
                GiveUp(shadow, worse, now);
                return;
            }

            shadow.IsReported = true;
            mail.Tell(new StageEvent.Ready(shadow.Ticket, shadow.StoredId, shadow.Made));
        }
    }

    /// <summary>A calibration of the model in use that is under way comes first; one that never had any does not.</summary>
    private bool IsCalibratingLead => calibration.IsCalibrating && _lead.Watch.IsCalibrated;

    private void Calibrate(ShadowRun shadow, Moment now)
    {
        if (shadow.Watch.FinishCalibration(out var problem) is not { } made)
        {
            shadow.Failure = $"it cannot be calibrated: {problem}";
            return;
        }

        shadow.Made = CalibrationDraft.Of(made, shadow.Watch.Contract, CalibrationOrigin.Shadow, now.At, now.Synced);
        _told.Add(notices.Calibrated(shadow.Ticket, CalibrationFacts.Of(made), now));
    }

    private void GiveUp(ShadowRun shadow, string why, Moment now)
    {
        _told.Add(notices.NotTaken(shadow.Ticket, why, shadow.Compared, now));
        shadow.Loaded.Dispose();
        _shadow = null;
        mail.Tell(new StageEvent.NotTaken(shadow.Ticket, why));
    }

    private void Accompany(StageOrder.Accompany order)
    {
        if (order.Before is { } before)
        {
            before.Watch.Join(_lead.Watch);
            if (order.Stored is { } stored)
            {
                before.Watch.Use(stored.Calibration);
            }
        }

        _probation = new ProbationRun(order.Ticket, order.Before, order.Stored?.Id, order.Probation, _lead.Hop);
    }

    private Observation ObserveOnProbation(ProbationRun probation, SensorFrame frame, Moment now)
    {
        var started = time.GetTimestamp();
        Observation seen;
        string? fault;
        try
        {
            seen = _lead.Watch.Observe(frame);
            fault = seen.Score is { } score ? ProbationWatch.FaultOf(score) : null;
        }
        catch (Exception e) when (probation.Before is not null)
        {
            // Whatever the new model's graph throws, the one before scores this very reading.
            (seen, fault) = (default, $"it failed on a live window: {OneLine.Of(e)}");
        }

        if (fault is not null && probation.Before is { } before)
        {
            before.Watch.Lead(_lead.Watch);
            seen = before.Watch.Follow(frame, hold: false);
            GoBack(probation, fault, now);
            return seen;
        }

        var took = seen.Score is null ? default(TimeSpan?) : time.GetElapsedTime(started);
        probation.Fault ??= fault ?? probation.Rules.Follow(frame.Monotonic, took, seen.Alarm is { Event: AlarmEvent.Raised });
        probation.Follow(frame, seen);
        return seen;
    }

    private void FollowProbation(Moment now)
    {
        if (_probation is not { } probation)
        {
            return;
        }

        if (probation.Fault is { } fault)
        {
            probation.Before?.Watch.Lead(_lead.Watch);
            GoBack(probation, fault, now);
        }
        else if (probation.Rules.IsOver)
        {
            _probation = null;
            probation.Before?.Dispose();
            _told.Add(notices.Proven(probation.Ticket, now));
            mail.Tell(new StageEvent.Proven(probation.Ticket));
        }
        else if (probation.Rules.IsSteady && !probation.ToldSteady)
        {
            probation.ToldSteady = true;
            mail.Tell(new StageEvent.Steady(probation.Ticket));
        }
    }

    /// <summary>The model before leads again; where there is none, the pipeline begins anew with it.</summary>
    private void GoBack(ProbationRun probation, string why, Moment now)
    {
        _probation = null;
        var before = probation.Before;
        mail.Tell(new StageEvent.WentBack(probation.Ticket, why, probation.Calibration, Live: before is not null, probation.Refuse));
        _told.Add(notices.WentBack(probation.Ticket, before?.Model.Identity.Version ?? "the one before", why, now));
        if (before is not null)
        {
            _lead.Dispose();
            Lead(before, probation.Calibration, now);
        }
    }
}
