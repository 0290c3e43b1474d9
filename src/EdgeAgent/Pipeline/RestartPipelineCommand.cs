using System.Text.Json;
using EdgeAgent.Commanding;

namespace EdgeAgent.Pipeline;

/// <summary>Ends the pipeline as a stop does, with everything stored, and starts a new one from the config in use.</summary>
internal sealed class RestartPipelineCommand(Action restart) : ICommand
{
    public string Name => CommandNames.RestartPipeline;

    public bool HasEffect => true;

    public CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem)
    {
        problem = new ArgumentReader(arguments).Problem();
        return problem is null
            ? _ => ValueTask.FromResult(CommandOutcome.Done("restarting the pipeline") with { Afterwards = restart })
            : null;
    }
}
