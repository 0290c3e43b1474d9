using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages.Swapping;
using EdgeAgent.Core.Signals;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;

namespace EdgeAgent.Swapping;

/// <summary>A candidate beside the model in use: it sees the same readings, and nothing that it says has an effect.</summary>
/// <param name="leadScores">The model in use scores windows already, so there is something to miss.</param>
internal sealed class ShadowRun(ModelTicket ticket, LoadedWatch loaded, ShadowLimits limits, bool leadScores, TimeProvider time)
{
    private readonly ShadowTally _tally = new(loaded.Hop);
    private TimeSpan? _from;
    private TimeSpan _passed;
    private bool? _leadAbove;
    private bool _leadScores = leadScores;

    public ModelTicket Ticket => ticket;

    public LoadedWatch Loaded => loaded;

    public MachineWatch Watch => loaded.Watch;

    /// <summary>null if no window was compared.</summary>
    public ShadowFigures? Compared => _tally.Windows > 0 ? _tally.Figures : null;

    /// <summary>Why it cannot be taken, whatever it would say later; null as long as it can.</summary>
    public string? Failure { get; set; }

    /// <summary>The id of its calibration if it is on the disk.</summary>
    public string? StoredId { get; set; }

    /// <summary>Its calibration if it is not on the disk yet.</summary>
    public CalibrationDraft? Made { get; set; }

    /// <summary>It was reported as ready and waits for the disk; the figures are those of the verdict.</summary>
    public bool IsReported { get; set; }

    /// <summary>They went side by side for long enough, and its window is filled.</summary>
    public bool IsOver => ShadowRule.IsOver(_passed, _tally.Windows, limits) && (Watch.IsWarm || !_leadScores);

    /// <returns>null if it is to be taken, else why not.</returns>
    public string? Verdict() => ShadowRule.Fault(_tally.Figures, limits);

    /// <param name="seen">What the model in use made of the same reading.</param>
    public void Follow(SensorFrame frame, in Observation seen)
    {
        if (Failure is not null)
        {
            return;
        }

        if (seen.Score is { } lead)
        {
            _leadAbove = lead > seen.Threshold;
            _leadScores = true;
        }

        var hold = seen.AlarmActive || _leadAbove == true;
        try
        {
            var started = time.GetTimestamp();
            var said = Watch.Follow(frame, hold);
            Count(frame, seen, said, time.GetElapsedTime(started));
        }
        catch (Exception e)
        {
            // Whatever a candidate's graph throws ends its candidacy and nothing else: its watch is not used again.
            Failure = $"it failed on a live window: {OneLine.Of(e)}";
        }
    }

    private void Count(SensorFrame frame, in Observation seen, in Observation said, TimeSpan took)
    {
        if (Watch.CalibrationProgress is not null)
        {
            // The comparison begins when it can score.
            return;
        }

        _from ??= frame.Monotonic;
        _passed = frame.Monotonic - _from.Value;
        if (said.Score is { } score)
        {
            Failure = ProbationWatch.FaultOf(score);
            if (_leadAbove is { } above && !IsReported)
            {
                _tally.Add(new WindowSaying(above, seen.AlarmActive), new WindowSaying(score > said.Threshold, said.AlarmActive), took);
            }
        }
    }
}
