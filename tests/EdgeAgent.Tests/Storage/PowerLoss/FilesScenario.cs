using System.Globalization;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>The files that are replaced whole: versions of the calibration and the pointer to one, the states, the reserve of numbers.</summary>
internal sealed class FilesScenario : IScenario
{
    public void Work(string folder, Teller tell, Random random, int steps)
    {
        var calibrations = new CalibrationStore(folder);
        var states = new StatesFile(folder);
        var reserve = new SequenceReserve(ReserveIn(folder));
        tell.Begin();
        for (var step = 0; step < steps; step++)
        {
            switch (random.Next(4))
            {
                case 0:
                    Calibrations.Save(calibrations, flow: step);
                    break;
                case 1 when calibrations.Active.TryRead(out _) is { Count: > 1 }:
                    calibrations.Active.Pop();
                    break;
                case 2:
                    reserve.Cover(reserve.Reserved + 1);
                    break;
                default:
                    _ = states.TryWrite(StatesFileTests.States("0001", flow: step)) is { } why ? throw new IOException(why) : true;
                    break;
            }

            tell.Is(StateOf(folder, out _));
            tell.Begin();
        }
    }

    public Finding Look(string folder, StoredState before, StoredState after)
    {
        var state = StateOf(folder, out var problem);
        Calibrations.Save(new CalibrationStore(folder));
        return new Finding(state, problem) { InParts = true };
    }

    private static string ReserveIn(string folder) => Path.Combine(folder, "outbox.seq");

    private static StoredState StateOf(string folder, out string? problem)
    {
        problem = null;
        var state = new StoredState();
        var calibrations = new CalibrationStore(folder);
        foreach (var id in calibrations.Ids())
        {
            if (calibrations.TryRead(id, out var found, out problem))
            {
                state.Prints[$"calibration:{id}"] = found.Calibration.Modes[0].Baseline["center"][0].ToString(CultureInfo.InvariantCulture);
            }
        }

        if (calibrations.Active.TryRead(out var why) is { } active)
        {
            state.Prints["active"] = string.Join(',', active);
            problem ??= calibrations.TryRead(active[0], out _, out var broken) ? null : broken;
        }
        else if (File.Exists(calibrations.Active.FullPath))
        {
            problem ??= why;
        }

        if (new StatesFile(folder).TryRead(out why) is { } states)
        {
            state.Prints["states"] = states.Modes[0].Tensors["reference_in"][0].ToString(CultureInfo.InvariantCulture);
        }

        problem ??= why;
        if (new SequenceReserve(ReserveIn(folder)).Reserved is > 0 and var reserved)
        {
            state.Prints["reserve"] = reserved.ToString(CultureInfo.InvariantCulture);
        }

        return state;
    }
}
