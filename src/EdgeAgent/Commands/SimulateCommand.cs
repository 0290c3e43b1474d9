using System.CommandLine;
using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Simulation;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent simulate`: a recording of a simulated machine.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var config = SharedOptions.Config();
        var lasting = new Option<string>("--for") { Description = "Simulated time: 90s, 30m, 2h or plain seconds.", Required = true, HelpName = "TIME" };
        var faults = new Option<string[]>("--fault")
        {
            Description = "A fault of the machine, ID@START+DURATION in seconds; may be given again. Default: the config's schedule.",
            HelpName = "FAULT",
        };
        var output = new Option<string>("--out") { Description = "The file to write: CSV with the fault as a label, or a .npy array.", Required = true, HelpName = "FILE.csv|FILE.npy" };
        var command = new Command("simulate", "Writes what the simulated machine would measure, the same every time: the config's, or a pump.") { config, lasting, faults, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (Durations.Parse(parsed.GetValue(lasting)!) is not { } duration)
            {
                return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--for: found {parsed.GetValue(lasting)}, allowed: {Durations.Allowed}").ConfigureAwait(false);
            }

            var request = new SimulateRequest(parsed.GetValue(config)!, duration.TotalSeconds, parsed.GetValue(faults) ?? [], parsed.GetValue(output)!);
            return new SimulateRun(Console.Error, ConfigEnvironment.Current()).Run(request, cancellationToken);
        });
        return command;
    }
}
