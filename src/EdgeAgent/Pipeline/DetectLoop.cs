using EdgeAgent.Alarms;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Storage;
using EdgeAgent.Swapping;
using EdgeAgent.Systemd;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>Frames ─▶ machine watch ─▶ decisions. Everything that an alarm needs happens here, before any prose; models are swapped between two frames.</summary>
/// <param name="snapshots">null when no readings are kept.</param>
internal sealed class DetectLoop(
    PipelineChannels channels,
    WatchStage stage,
    DecisionMaker decisions,
    AlarmDesk alarms,
    CalibrationStep calibration,
    StateKeeper states,
    SnapshotRecorder? snapshots,
    MomentClock clock,
    TimeSpan staleAfter,
    PipelineHeartbeat heartbeat,
    PipelineCounters counters,
    TimeProvider time,
    ILogger<DetectLoop> log)
{
    private TimeSpan _lastMonotonic;
    private bool _silent;

    /// <summary>Runs until the frames channel is completed and everything in it is judged.</summary>
    public async Task RunAsync()
    {
        await alarms.BeginAsync(stage.Watch).ConfigureAwait(false);
        await StoreAsync(calibration.Begin(stage.Watch, clock.Now())).ConfigureAwait(false);
        while (await FramesComeAsync().ConfigureAwait(false))
        {
            while (channels.Frames.Reader.TryRead(out var frame))
            {
                _lastMonotonic = frame.Monotonic;
                snapshots?.Remember(frame);
                var moment = clock.At(frame.At);
                await TellAsync(stage.Observe(frame, moment), moment, frame.Monotonic).ConfigureAwait(false);
                await StoreAsync(calibration.Continue(stage.Watch, moment)).ConfigureAwait(false);
                await TurnAsync(moment).ConfigureAwait(false);
                states.Follow(stage.Watch, calibration.ActiveId, frame.Monotonic, moment);
                counters.Judge(stage.WindowsScored);
                heartbeat.Beat();
            }
        }

        snapshots?.End();
        await states.FinishAsync(stage.Watch, calibration.ActiveId, clock.Now()).ConfigureAwait(false);
        await channels.Items.Writer.WriteAsync(null).ConfigureAwait(false);
    }

    /// <summary>False when there will be no more. A source that is silent for too long is a sensor alarm, not a hang.</summary>
    private async Task<bool> FramesComeAsync()
    {
        var coming = channels.Frames.Reader.WaitToReadAsync();
        if (coming.IsCompleted)
        {
            _silent = false;
            return await coming.ConfigureAwait(false);
        }

        var wait = coming.AsTask();
        while (true)
        {
            try
            {
                var come = await wait.WaitAsync(staleAfter, time).ConfigureAwait(false);
                _silent = false;
                return come;
            }
            catch (TimeoutException)
            {
                heartbeat.Beat();
                if (!_silent)
                {
                    _silent = true;
                    await TellAsync(stage.ObserveSilence(_lastMonotonic + staleAfter), clock.Now(), _lastMonotonic + staleAfter).ConfigureAwait(false);
                }

                await TurnAsync(clock.Now()).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Between two readings another model may lead.</summary>
    private async ValueTask TurnAsync(Moment moment)
    {
        stage.Turn(moment);
        foreach (var decision in stage.TakeTold())
        {
            await StoreAsync(decision).ConfigureAwait(false);
        }
    }

    private async ValueTask TellAsync(Observation seen, Moment moment, TimeSpan reading)
    {
        if (alarms.Concerns(seen))
        {
            await alarms.FollowAsync(seen, moment, reading).ConfigureAwait(false);
        }

        if (seen.Alarm is { Event: AlarmEvent.Raised })
        {
            counters.Alarm();
        }

        if (seen.Notice is { } notice)
        {
            PipelineLog.Notice(log, notice.Code, string.Join(", ", notice.Data.Select(item => $"{item.Key} {item.Value}")));
            await StoreAsync(decisions.Notice(notice.Code, notice.Severity, notice.Data, moment)).ConfigureAwait(false);
        }

        if (seen.Drifts.Count > 0)
        {
            foreach (var decision in calibration.Follow(stage.Watch, seen.Drifts, moment))
            {
                await StoreAsync(decision).ConfigureAwait(false);
            }
        }
    }

    private ValueTask StoreAsync(Decision? decision) =>
        decision is null ? ValueTask.CompletedTask : channels.Items.Writer.WriteAsync(new OutboxItem.ForDecision(decision));
}
