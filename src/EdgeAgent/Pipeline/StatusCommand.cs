using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Commanding;

namespace EdgeAgent.Pipeline;

/// <summary>Says how the agent is. Reads only.</summary>
/// <param name="report">Makes the data of the answer.</param>
internal sealed class StatusCommand(Func<JsonObject> report) : ICommand
{
    public string Name => CommandNames.Status;

    public bool HasEffect => false;

    public CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem)
    {
        problem = new ArgumentReader(arguments).Problem();
        return problem is null ? _ => ValueTask.FromResult(CommandOutcome.Done("running", report())) : null;
    }
}
