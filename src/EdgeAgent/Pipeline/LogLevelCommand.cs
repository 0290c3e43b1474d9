using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Commanding;
using EdgeAgent.Configuration;

namespace EdgeAgent.Pipeline;

/// <summary>Lets the log say more or less for a limited time. A start of the agent brings the config's level back too.</summary>
internal sealed class LogLevelCommand(LogLevelControl control) : ICommand
{
    private const int Shortest = 1;
    private const int Longest = 86_400;
    private const int Usual = 600;

    private static readonly Dictionary<string, LoggingLevel> Levels = new()
    {
        ["debug"] = LoggingLevel.Debug,
        ["information"] = LoggingLevel.Information,
        ["warning"] = LoggingLevel.Warning,
        ["error"] = LoggingLevel.Error,
    };

    public string Name => CommandNames.LogLevel;

    public bool HasEffect => true;

    public static string NameOf(LoggingLevel level) => Levels.First(pair => pair.Value == level).Key;

    public CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem)
    {
        var reader = new ArgumentReader(arguments);
        var level = reader.OneOf("level", [.. Levels.Keys]);
        var seconds = reader.Whole("seconds", Shortest, Longest, Usual);
        problem = reader.Problem();
        return problem is null ? _ => ValueTask.FromResult(Set(level, seconds)) : null;
    }

    private CommandOutcome Set(string level, int seconds)
    {
        control.SetFor(Levels[level], TimeSpan.FromSeconds(seconds));
        var configured = NameOf(control.Configured);
        return CommandOutcome.Done(
            string.Create(CultureInfo.InvariantCulture, $"logging from {level} up for {seconds} s, then from {configured} up"),
            new JsonObject { ["level"] = level, ["seconds"] = seconds, ["configured"] = configured });
    }
}
