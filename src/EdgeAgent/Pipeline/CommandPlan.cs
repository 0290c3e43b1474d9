using System.Text.Json;
using EdgeAgent.Commanding;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Mqtt.Commands;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>The parts that take commands, from the config's mqtt.commands block.</summary>
internal static class CommandPlan
{
    /// <returns>null when the config allows no command.</returns>
    public static CommandParts? Make(
        MqttCommandOptions? options,
        Topics topics,
        string memoryPath,
        Func<CommandTally, IReadOnlyList<ICommand>> commands,
        Func<Moment> now,
        TimeProvider time,
        ILoggerFactory logs)
    {
        if (options is not { Allow.Count: > 0 })
        {
            return null;
        }

        var allowed = options.Allow.Select(command => JsonNamingPolicy.KebabCaseLower.ConvertName(command.ToString())).ToHashSet(StringComparer.Ordinal);
        var tally = new CommandTally(time, logs.CreateLogger<CommandTally>());
        var known = commands(tally).ToDictionary(command => command.Name, StringComparer.Ordinal);
        var commandTopics = new CommandTopics(topics.Root);
        var intake = new CommandIntake(commandTopics, known, allowed, options.MaxBytes, time);
        var desk = new CommandDesk(
            intake, commandTopics, new CommandLimits(options.Queue, TimeSpan.FromSeconds(options.AnswerExpirySeconds)), tally, now);
        var memory = new CommandMemory(memoryPath, options.Remember, time);
        var executor = new CommandExecutor(desk, memory, time, logs.CreateLogger<CommandExecutor>());
        var log = logs.CreateLogger<CommandLink>();
        return new CommandParts(executor, memory, (connection, cancellationToken) => CommandLink.OpenAsync(desk, connection, log, cancellationToken));
    }
}
