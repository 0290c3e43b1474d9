using System.Text.Json;
using EdgeAgent.Commanding;
using EdgeAgent.Swapping;

namespace EdgeAgent.Pipeline;

/// <summary>Back to the package before, while the agent runs; answered when it decides again.</summary>
internal sealed class ModelRollbackCommand(StageMail mail, TimeProvider time) : ICommand
{
    /// <summary>Longer than it takes to verify and open a package, and to wait for the next reading.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private const int LongestName = 64;

    public string Name => CommandNames.ModelRollback;

    public bool HasEffect => true;

    public CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem)
    {
        var reader = new ArgumentReader(arguments);
        var model = reader.Text("model", LongestName);
        problem = reader.Problem() ?? (model is null ? new CommandProblem(CommandCodes.BadArguments, "/arguments/model: found nothing, allowed: the name of a package, as model-list shows it") : null);
        return problem is null ? stop => RunAsync(model!, stop) : null;
    }

    private async ValueTask<CommandOutcome> RunAsync(string model, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<CommandOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        mail.Work.Writer.TryWrite(new SwapWork.GoBack(model, answer));
        try
        {
            return await answer.Task.WaitAsync(Patience, time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return CommandOutcome.Failed(CommandCodes.NoReadings, $"not done within {Patience.TotalSeconds:0} s; it is still tried");
        }
    }
}
