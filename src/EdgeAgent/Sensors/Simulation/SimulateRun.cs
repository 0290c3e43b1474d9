using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Npy;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>The work of `simulate`: a recording of the simulated machine with the config's channels, the same every time.</summary>
/// <param name="errors">Takes one line per mistake.</param>
internal sealed class SimulateRun(TextWriter errors, IReadOnlyDictionary<string, string> environment)
{
    /// <returns>An exit code.</returns>
    public int Run(SimulateRequest request, CancellationToken cancellationToken)
    {
        if (!ConfigLoader.TryLoad(request.Config, environment, ConfigUse.Simulate, out var config, out var problems))
        {
            foreach (var problem in problems)
            {
                errors.WriteLine(problem);
            }

            return ExitCodes.BadInput;
        }

        if (!(request.ForSeconds is > 0 and <= 1e9))
        {
            errors.WriteLine($"--for: found {request.ForSeconds}, allowed: number above 0, up to 1000000000");
            return ExitCodes.BadInput;
        }

        var source = config.Options.Source as SimulationOptions ?? new SimulatedSourceOptions();
        if (!TryParse(request.Faults, Simulations.FaultsOf(source), out var faults))
        {
            return ExitCodes.BadInput;
        }

        return Write(request, config.Options, faults.Count > 0 ? source with { Faults = faults } : source, cancellationToken);
    }

    private bool TryParse(IReadOnlyList<string> arguments, IReadOnlyList<string> known, out List<ScheduledFault> faults)
    {
        faults = [];
        var good = true;
        foreach (var argument in arguments)
        {
            if (FaultArgument.Parse(argument, known, out var fault) is { } problem)
            {
                errors.WriteLine($"--fault: {problem}");
                good = false;
            }
            else
            {
                faults.Add(fault!);
            }
        }

        return good;
    }

    private int Write(SimulateRequest request, AgentOptions options, SimulationOptions source, CancellationToken cancellationToken)
    {
        try
        {
            var rows = (long)Math.Ceiling(request.ForSeconds * options.Sampling.RateHz);
            using var recording = Create(request.Output, rows, options.Channels);
            var simulation = Simulations.Create(source, options);
            for (var row = 0L; row < rows; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var values = simulation.Next();
                recording.Write(simulation.Seconds, values, simulation.Label);
            }

            return ExitCodes.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            errors.WriteLine($"{request.Output}: cannot be written: {e.Message.ReplaceLineEndings(" ")}");
            return ExitCodes.BadInput;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            errors.WriteLine($"{request.Output}: stopped before the end");
            return ExitCodes.Failed;
        }
    }

    private static ISimulatedRecording Create(string path, long rows, IReadOnlyList<ChannelOptions> channels) =>
        Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase)
            ? new SimulationNpy(new NpyWriter(new BufferedStream(File.Create(path)), rows, channels.Count))
            : new SimulationCsv(new StreamWriter(path) { NewLine = "\n" }, channels);
}
