using System.CommandLine;
using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Simulation;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent simulate`: a recording of the simulated pump.</summary>
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
        var output = new Option<string>("--out") { Description = "The CSV file to write, with the fault as a label.", Required = true, HelpName = "FILE.csv" };
        var command = new Command("simulate", "Writes what the simulated pump would measure, the same every time.") { config, lasting, faults, output };
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
