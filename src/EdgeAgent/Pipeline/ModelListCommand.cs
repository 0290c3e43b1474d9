using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Commanding;
using EdgeAgent.Packages;

namespace EdgeAgent.Pipeline;

/// <summary>The installed packages, as `edgeagent model list` shows them. Reads only.</summary>
internal sealed class ModelListCommand(PackageStore store) : ICommand
{
    public string Name => CommandNames.ModelList;

    public bool HasEffect => false;

    public CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem)
    {
        problem = new ArgumentReader(arguments).Problem();
        return problem is null ? _ => ValueTask.FromResult(List()) : null;
    }

    private CommandOutcome List()
    {
        try
        {
            var packages = InstalledPackage.All(store).Select(package => (JsonNode)new JsonObject { ["name"] = package.Name, ["slot"] = package.Slot, ["state"] = package.State });
            return CommandOutcome.Done("installed packages; a name that is not here uses the package that the config names", new JsonObject { ["packages"] = new JsonArray([.. packages]) });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return CommandOutcome.Failed(CommandCodes.Damaged, e.Message);
        }
    }
}
