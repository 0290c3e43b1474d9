using System.Text.Json;

namespace EdgeAgent.Commanding;

/// <summary>One thing that an operator may ask of the agent. Asked by one caller at a time.</summary>
internal interface ICommand
{
    /// <summary>As in the topic and in the config's list.</summary>
    string Name { get; }

    /// <summary>False: it only reads, so a second one with the same id is answered afresh.</summary>
    bool HasEffect { get; }

    /// <summary>Checks the arguments and changes nothing.</summary>
    /// <param name="who">As the sender calls itself.</param>
    /// <returns>What carries the command out; null and a problem if it cannot be.</returns>
    CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem);
}

/// <summary>Carries a prepared command out.</summary>
internal delegate ValueTask<CommandOutcome> CommandRun(CancellationToken cancellationToken);
