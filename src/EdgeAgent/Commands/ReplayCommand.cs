using System.CommandLine;
using System.Globalization;
using EdgeAgent.Replay;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent replay`: runs the pipeline over a recording.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var config = SharedOptions.Config();
        var input = new Option<string>("--input") { Description = "The recording: a CSV file with the config's columns, or a .npy array of float32 [samples, channels].", Required = true, HelpName = "CSV|NPY" };
        var calibrateRows = new Option<int?>("--calibrate-rows") { Description = "The first N rows are normal and calibrate. Default: the calibration in the data directory.", HelpName = "N" };
        var speed = new Option<string>("--speed") { Description = "max, 1x, 60x, …", DefaultValueFactory = _ => "max" };
        var scores = new Option<string?>("--scores") { Description = "Write timestamp,score,threshold,alarm,health, one row per data row; for .npy one per window.", HelpName = "OUT.csv" };
        var decisions = new Option<string?>("--decisions") { Description = "Write decisions and diagnoses, one JSON per line.", HelpName = "OUT.jsonl" };
        var plot = new Option<string?>("--plot") { Description = "Write a page with the score and every channel.", HelpName = "OUT.html" };
        var data = SharedOptions.DataDir();
        var command = new Command("replay", "Runs the pipeline over a recording, deterministically.") { config, input, calibrateRows, speed, scores, decisions, plot, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (ParseSpeed(parsed.GetValue(speed)!) is not { } factor)
            {
                return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--speed: found {parsed.GetValue(speed)}, allowed: max, or a factor such as 1x or 60x").ConfigureAwait(false);
            }

            if (parsed.GetValue(calibrateRows) is < 1)
            {
                return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--calibrate-rows: found {parsed.GetValue(calibrateRows)}, allowed: 1 or more").ConfigureAwait(false);
            }

            var request = new ReplayRequest(
                parsed.GetValue(config)!, parsed.GetValue(input)!, parsed.GetValue(calibrateRows), factor,
                parsed.GetValue(scores), parsed.GetValue(decisions), parsed.GetValue(plot), parsed.GetValue(data));
            return await ReplayRunner.RunAsync(request, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static double? ParseSpeed(string text) =>
        text == "max" ? 0
        : text.EndsWith('x') && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= 1e6 ? factor
        : null;
}
