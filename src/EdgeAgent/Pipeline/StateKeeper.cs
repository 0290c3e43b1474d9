using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// Keeps the score graph's states on the disk: every ten minutes of readings and at the end. The disk is written beside the
/// detection, never in its way.
/// </summary>
internal sealed class StateKeeper(StatesFile file, ILogger<StateKeeper> log)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private TimeSpan? _last;
    private Task<string?> _writing = Task.FromResult<string?>(null);

    /// <summary>The states that belong to a calibration, or null if it starts afresh; says which and why.</summary>
    public IReadOnlyList<ModeStates>? Find(StoredCalibration calibration, AnomalyContract contract)
    {
        if (file.TryRead(out var why) is not { } found)
        {
            if (why is not null)
            {
                PipelineLog.StatesLeftOut(log, why);
            }

            return null;
        }

        // A version with accepted levels goes on from the states of the version that it was made from.
        why = found.Calibration != calibration.Id && found.Calibration != calibration.BasedOn
            ? $"{file.FullPath} belongs to calibration {found.Calibration}, and {calibration.Id} is in use"
            : ModeStates.Misfit(found.Modes, contract) is { } misfit ? $"{file.FullPath} {misfit}" : null;
        if (why is not null)
        {
            PipelineLog.StatesLeftOut(log, why);
            return null;
        }

        PipelineLog.StatesTaken(log, found.At, found.Clock);
        return found.Calibration == calibration.Id ? found.Modes : [.. found.Modes.Select(mode => Accepted(mode, calibration))];
    }

    /// <summary>Writes the states if it is time and the last write is done.</summary>
    /// <param name="calibration">The id of the stored calibration in use; null if it is not on the disk.</param>
    public void Follow(MachineWatch watch, string? calibration, TimeSpan monotonic, Moment now)
    {
        _last ??= monotonic;
        if (calibration is not null && monotonic - _last >= Every && _writing.IsCompleted)
        {
            _last = monotonic;
            Tell(_writing.Result);
            var states = Of(watch.CaptureStates(), watch.Contract, calibration, now);
            _writing = Task.Run(() => file.TryWrite(states));
        }
    }

    /// <summary>Writes the states of the end.</summary>
    public async Task FinishAsync(MachineWatch watch, string? calibration, Moment now)
    {
        Tell(await _writing.ConfigureAwait(false));
        if (calibration is not null)
        {
            Tell(file.TryWrite(Of(watch.CaptureStates(), watch.Contract, calibration, now)));
        }
    }

    /// <summary>A drift that was accepted is over.</summary>
    private static ModeStates Accepted(ModeStates mode, StoredCalibration calibration)
    {
        var accepted = calibration.Accepted ?? [];
        return mode with
        {
            Drift = mode.Drift is null ? null
                : [.. mode.Drift.Select((slot, i) => accepted.Contains(calibration.Calibration.Channels[i]) ? default : slot)],
        };
    }

    private static StoredStates Of(IReadOnlyList<ModeStates> modes, AnomalyContract contract, string calibration, Moment now) => new(
        StoredStates.CurrentFormat,
        calibration,
        now.At,
        now.Synced ? "synced" : "unsynced",
        contract.Score.States.FirstOrDefault(state => state.Output == contract.Reference)?.Input,
        modes);

    private void Tell(string? problem)
    {
        if (problem is not null)
        {
            PipelineLog.StatesNotKept(log, problem);
        }
    }
}
