using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Signals;
using EdgeAgent.Pipeline;

namespace EdgeAgent.Swapping;

/// <summary>
/// The models on one machine, for the detect loop alone: one leads, and at most one goes beside it. Which one leads changes only
/// between two readings, so every window is scored by exactly one model whose word counts.
/// <code>
///                      candidate                        the one before
///  Beside ─▶ shadow ────────────▶ Activate ─▶ probation ──────────────▶ freed
///              │ worse: freed                    │ breaks a rule: leads again
/// </code>
/// </summary>
internal sealed partial class WatchStage(
    LoadedWatch first, CalibrationStep calibration, DecisionMaker decisions, SwapNotices notices, StageMail mail, TimeProvider time) : IAsyncDisposable
{
    private readonly List<Decision> _told = [];
    private LoadedWatch _lead = first;
    private ShadowRun? _shadow;
    private ProbationRun? _probation;
    private volatile ModelIdentity _model = first.Model.Identity;

    /// <summary>The one that leads.</summary>
    public MachineWatch Watch => _lead.Watch;

    /// <summary>The model that decides now; for any thread.</summary>
    public ModelIdentity Model => _model;

    /// <summary>By whichever model led.</summary>
    public long WindowsScored { get; private set; }

    public Observation Observe(SensorFrame frame, Moment now)
    {
        var seen = _probation is null ? _lead.Watch.Observe(frame) : ObserveOnProbation(_probation, frame, now);
        WindowsScored += seen.Score is null ? 0 : 1;
        _shadow?.Follow(frame, seen);
        return seen;
    }

    public Observation ObserveSilence(TimeSpan monotonic)
    {
        _shadow?.Watch.FollowSilence();
        _probation?.Before?.Watch.FollowSilence();
        return _lead.Watch.ObserveSilence(monotonic);
    }

    /// <summary>Between two readings: does what was asked for, and what the rules say.</summary>
    public void Turn(Moment now)
    {
        FollowProbation(now);
        while (mail.TryTake(out var order))
        {
            Take(order!, now);
        }

        FollowShadow(now);
    }

    /// <summary>What there is to tell since the last call.</summary>
    public IReadOnlyList<Decision> TakeTold()
    {
        if (_told.Count == 0)
        {
            return [];
        }

        Decision[] told = [.. _told];
        _told.Clear();
        return told;
    }

    public async ValueTask DisposeAsync()
    {
        _shadow?.Loaded.Dispose();
        _probation?.Before?.Dispose();
        _lead.Dispose();
        await mail.DisposeAsync().ConfigureAwait(false);
    }

    private void Take(StageOrder order, Moment now)
    {
        switch (order)
        {
            case StageOrder.Beside beside:
                Begin(beside, now);
                break;
            case StageOrder.Activate activate when _shadow is not null && _shadow.Ticket == activate.Ticket:
                Activate(_shadow, activate, now);
                break;
            case StageOrder.Drop drop:
                _shadow?.Loaded.Dispose();
                _shadow = null;
                drop.Done.TrySetResult();
                break;
            case StageOrder.GoBack back when _probation?.Ticket == back.Ticket:
                _probation.Fault ??= back.Why;
                _probation.Refuse = false;
                FollowProbation(now);
                break;
            case StageOrder.Accompany accompany:
                Accompany(accompany);
                break;
        }
    }

    private void Begin(StageOrder.Beside order, Moment now)
    {
        // Nothing decides now, so there is nothing to compare with and nothing to lose.
        var blind = order.Asked || !_lead.Watch.IsCalibrated;
        var limits = blind ? order.Limits with { For = TimeSpan.Zero } : order.Limits;
        _shadow = new ShadowRun(order.Ticket, order.Loaded, limits, _lead.Watch is { IsCalibrated: true, IsWarm: true }, time);
        _shadow.Watch.Join(_lead.Watch);
        var from = blind && order.Stored is null ? "none" : CandidateCalibration.Choose(_shadow, order.Stored, _lead.Watch, calibration.ActiveId, now);
        if (!_shadow.IsOver || _shadow.Watch.CalibrationProgress is not null)
        {
            _told.Add(notices.Shadowing(order.Ticket, limits, from, now));
            mail.Tell(new StageEvent.Shadowing(order.Ticket));
        }
    }

    private void Activate(ShadowRun candidate, StageOrder.Activate order, Moment now)
    {
        var (before, used) = (_lead, calibration.ActiveId);
        candidate.Watch.Lead(before.Watch);
        _told.Add(notices.Activated(order.Ticket, before.Model.Identity.Version, order.CalibrationId, order.Probation.For, candidate.Compared, now));
        _shadow = null;
        Lead(candidate.Loaded, order.CalibrationId, now);
        if (order.Probation.For > TimeSpan.Zero)
        {
            _probation = new ProbationRun(order.Ticket, before, used, order.Probation, _lead.Hop);
        }
        else
        {
            before.Dispose();
        }

        mail.Tell(new StageEvent.Activated(order.Ticket));
    }

    private void Lead(LoadedWatch loaded, string? calibrationId, Moment now)
    {
        _lead = loaded;
        _model = loaded.Model.Identity;
        decisions.Use(loaded.Model.Identity, loaded.WindowLength);
        if (calibration.Change(loaded.Watch, calibrationId, now) is { } uncalibrated)
        {
            _told.Add(uncalibrated);
        }
    }
}
