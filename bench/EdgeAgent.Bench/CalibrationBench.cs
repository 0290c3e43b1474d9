using System.Globalization;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Signals;
using EdgeAgent.Pipeline;
using EdgeAgent.Replay;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Bench;

/// <summary>
/// What the verdict on a calibration foretells: calibrates on slices of a healthy recording, and runs on over the rest of it.
/// One row per slice, then one per length. Every alarm in it is a false one.
/// </summary>
internal static class CalibrationBench
{
    private const int Step = 500;
    private const int LeastAfter = 1000;
    private static readonly int[] Lengths = [300, 400, 600, 800, 1000, 1500, 2000, 3000];

    public static Task<int> RunAsync(Arguments arguments) => RunAsync(
        arguments["--config"] ?? Places.Config,
        arguments["--csv"] ?? Places.Healthy);

    private static async Task<int> RunAsync(string configPath, string recording)
    {
        var environment = new Dictionary<string, string> { ["EDGEAGENT__EXPLANATION__PACKAGE"] = "" };
        if (!ConfigLoader.TryLoad(configPath, environment, ConfigUse.Offline, out var config, out var problems))
        {
            problems.ToList().ForEach(problem => Console.Error.WriteLine(problem));
            return 2;
        }

        if (!Recordings.TryOpen(config, recording, speed: 0, TimeProvider.System, NullLoggerFactory.Instance, out var source, out var unreadable))
        {
            Console.Error.WriteLine(unreadable);
            return 2;
        }

        using var opened = source;
        var frames = new List<SensorFrame>();
        await foreach (var frame in source.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            frames.Add(frame);
        }

        Console.WriteLine("| rows | from row | verdict | threshold | looked strange % | worth | flagged afterwards % | furthest reference, sigma | drifts told |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var slices = Lengths.SelectMany(rows => Enumerable.Range(0, frames.Count / Step)
            .Select(slice => slice * Step).Where(from => from + rows + LeastAfter <= frames.Count)
            .Select(from => Judge(config, frames, from, rows))).OfType<Slice>().ToArray();
        Summarize(slices);
        return 0;
    }

    private static Slice? Judge(DeviceConfig config, List<SensorFrame> frames, int from, int rows)
    {
        if (!MachineWatchLoader.TryLoad(config.Options, config.Resolve(config.Options.Detection.Package), out var loaded, out var problem))
        {
            Console.Error.WriteLine(problem.Text);
            return null;
        }

        using var model = loaded.Model;
        using var watch = loaded.Watch;
        watch.BeginCalibration();
        frames.GetRange(from, rows).ForEach(frame => watch.Observe(frame));
        if (watch.FinishCalibration(out var why) is not { } made)
        {
            Console.Error.WriteLine($"{rows} rows from {from}: {why}");
            return null;
        }

        var flagged = 0;
        var drifts = 0;
        var furthest = 0.0;
        foreach (var frame in frames.Skip(from + rows))
        {
            var seen = watch.Observe(frame);
            flagged += seen.AlarmActive ? 1 : 0;
            drifts += seen.Drifts.Count(drift => drift.Event == DriftEvent.Began);
            furthest = frame.Index % 10 == 0 ? Math.Max(furthest, Furthest(watch)) : furthest;
        }

        var mode = made.Modes[0];
        var slice = new Slice(rows, mode.Adequacy!, mode.Threshold.Threshold, 100.0 * flagged / (frames.Count - from - rows), furthest, drifts);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rows} | {from} | {slice.Adequacy.Verdict} | {slice.Threshold:0.0} | {100 * slice.Adequacy.HeldBackFlagged:0.0} | {mode.Threshold.EffectiveSamples:0} | {slice.FlaggedPercent:0.0} | {furthest:0.0} | {drifts} |"));
        return slice;
    }

    private static void Summarize(Slice[] slices)
    {
        Console.WriteLine();
        Console.WriteLine("| rows | slices | long-enough | of them flagged > 1% afterwards | too-short | of them flagged > 1% | of them threshold > 2 | furthest reference, sigma | drifts told |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var length in slices.GroupBy(slice => slice.Rows))
        {
            var enough = length.Where(slice => slice.Adequacy.IsLongEnough).ToArray();
            var tooShort = length.Where(slice => !slice.Adequacy.IsLongEnough).ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {length.Key} | {length.Count()} | {enough.Length} | {enough.Count(Flagged)} | {tooShort.Length} | {tooShort.Count(Flagged)} | {tooShort.Count(slice => slice.Threshold > 2)} | {length.Max(slice => slice.Furthest):0.0} | {length.Sum(slice => slice.Drifts)} |"));
        }
    }

    /// <summary>How far any channel's slow reference is from its calibrated level now, in standard deviations.</summary>
    private static double Furthest(MachineWatch watch)
    {
        var state = watch.Contract.Score.States.First(state => state.Output == watch.Contract.Reference).Input;
        var reference = watch.CaptureStates()[0].Tensors[state];
        var mode = watch.Calibration!.Modes[0].Baseline;
        return watch.Calibration.Channels.Select((channel, slot) => channel is null ? 0
            : Math.Abs(reference[slot] - mode[watch.Contract.Center][slot]) / mode[watch.Contract.Sigma][slot]).Max();
    }

    private static bool Flagged(Slice slice) => slice.FlaggedPercent > 1;

    private sealed record Slice(int Rows, CalibrationAdequacy Adequacy, double Threshold, double FlaggedPercent, double Furthest, int Drifts);
}
