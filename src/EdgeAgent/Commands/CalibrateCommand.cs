using System.CommandLine;
using EdgeAgent.Calibrating;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent calibrate`: learns what is normal for this machine, from its sensors or from a recording.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var config = SharedOptions.Config();
        var lasting = new Option<string?>("--for") { Description = "How long to watch the sensors: 90s, 30m, 2h or plain seconds. Default: calibration.durationSeconds of the config.", HelpName = "TIME" };
        var input = new Option<string?>("--input") { Description = "Calibrate on this recording instead of the sensors.", HelpName = "CSV|NPY" };
        var rows = new Option<long?>("--rows") { Description = "Use only the first N rows of --input.", HelpName = "N" };
        var data = SharedOptions.DataDir();
        var command = new Command("calibrate", "Learns what is normal. The machine must be healthy meanwhile.") { config, lasting, input, rows, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetValue(lasting);
            var duration = text is null ? null : Durations.Parse(text);
            if (text is not null && duration is null)
            {
                return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--for: found {text}, allowed: {Durations.Allowed}").ConfigureAwait(false);
            }

            if (text is not null && parsed.GetValue(input) is not null)
            {
                return await SharedOptions.FailAsync(ExitCodes.BadInput, "--for and --input exclude each other: a recording is used whole").ConfigureAwait(false);
            }

            if (parsed.GetValue(rows) is { } count && (count < 1 || parsed.GetValue(input) is null))
            {
                return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--rows: found {count}, allowed: 1 or more, with --input").ConfigureAwait(false);
            }

            return await CalibrationSession.RunAsync(
                parsed.GetValue(config)!, duration, parsed.GetValue(input), parsed.GetValue(rows), parsed.GetValue(data), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
