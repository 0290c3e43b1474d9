using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Commanding;

namespace EdgeAgent.Pipeline;

/// <summary>Starts a calibration of the configured duration; its end is told by a notice, as always.</summary>
internal sealed class CalibrateCommand(CalibrationRequests requests, TimeProvider time) : ICommand
{
    /// <summary>A machine whose readings come less often than this is not calibrated by command.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Name => CommandNames.Calibrate;

    public bool HasEffect => true;

    public CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem)
    {
        problem = new ArgumentReader(arguments).Problem();
        return problem is null ? stop => RunAsync(new CalibrationRequest(id, who), stop) : null;
    }

    private async ValueTask<CommandOutcome> RunAsync(CalibrationRequest request, CancellationToken stop)
    {
        var (windows, problem) = await requests.AskAsync(request, Patience, time, stop).ConfigureAwait(false);
        return problem is not null
            ? CommandOutcome.Refused(problem.Code, problem.Text)
            : CommandOutcome.Done(
                string.Create(CultureInfo.InvariantCulture, $"calibrating on the next {windows} normal windows"),
                new JsonObject { ["windows"] = windows });
    }
}
