using System.Text.Json.Nodes;

namespace EdgeAgent.Commanding;

/// <summary>What a command says of itself when it has run.</summary>
/// <param name="Result">One of <see cref="CommandResults"/>.</param>
/// <param name="Code">null for done.</param>
internal sealed record CommandOutcome(string Result, string? Code, string Message)
{
    public JsonObject? Data { get; init; }

    /// <summary>An effect that ends the one who answers, so it comes after the answer.</summary>
    public Action? Afterwards { get; init; }

    public static CommandOutcome Done(string message, JsonObject? data = null) => new(CommandResults.Done, null, message) { Data = data };

    public static CommandOutcome Refused(string code, string message) => new(CommandResults.Refused, code, message);

    public static CommandOutcome Rejected(CommandProblem problem) => new(CommandResults.Rejected, problem.Code, problem.Text);

    public static CommandOutcome Failed(string code, string message) => new(CommandResults.Failed, code, message);
}
