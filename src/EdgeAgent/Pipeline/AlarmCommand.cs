using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using EdgeAgent.Alarms;
using EdgeAgent.Commanding;
using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Pipeline;

/// <summary>Acknowledge, shelve, unshelve and reset: what `edgeagent alarms` does, over MQTT.</summary>
/// <param name="longestShelf">As the config has it.</param>
internal sealed class AlarmCommand(string name, AlarmOperation operation, AlarmDesk desk, TimeSpan longestShelf) : ICommand
{
    public string Name => name;

    public bool HasEffect => true;

    public static IEnumerable<ICommand> All(AlarmDesk desk, TimeSpan longestShelf) =>
    [
        new AlarmCommand(CommandNames.Acknowledge, AlarmOperation.Acknowledge, desk, longestShelf),
        new AlarmCommand(CommandNames.Shelve, AlarmOperation.Shelve, desk, longestShelf),
        new AlarmCommand(CommandNames.Unshelve, AlarmOperation.Unshelve, desk, longestShelf),
        new AlarmCommand(CommandNames.Reset, AlarmOperation.Reset, desk, longestShelf),
    ];

    public CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem)
    {
        var reader = new ArgumentReader(arguments);
        var alarm = reader.Id("alarmId");
        var comment = reader.Text("comment", AlarmRequest.LongestComment);
        TimeSpan? time = operation != AlarmOperation.Shelve ? null
            : TimeSpan.FromSeconds(reader.Whole("seconds", 1, (int)Math.Min(int.MaxValue, longestShelf.TotalSeconds), otherwise: null));
        problem = reader.Problem();
        return problem is null ? stop => RunAsync(new AlarmRequest(operation, alarm, who, comment, time), stop) : null;
    }

    private async ValueTask<CommandOutcome> RunAsync(AlarmRequest request, CancellationToken stop)
    {
        try
        {
            var answer = await desk.DoAsync(request, stop).ConfigureAwait(false);
            return OutcomeOf(answer) with
            {
                Data = answer.Alarm is null ? null : new JsonObject { ["alarm"] = JsonSerializer.SerializeToNode(answer.Alarm, AlarmWire.Default.AlarmStatus) },
            };
        }
        catch (ChannelClosedException)
        {
            return CommandOutcome.Failed(CommandCodes.Stopping, "the agent stopped before this was stored");
        }
    }

    private static CommandOutcome OutcomeOf(AlarmAnswer answer) => answer.Verdict switch
    {
        AlarmVerdict.Done or AlarmVerdict.AlreadySo => CommandOutcome.Done(answer.Text),
        AlarmVerdict.UnknownAlarm => CommandOutcome.Refused(CommandCodes.UnknownAlarm, answer.Text),
        AlarmVerdict.BadRequest => CommandOutcome.Rejected(new CommandProblem(CommandCodes.BadArguments, answer.Text)),
        AlarmVerdict.Refused => CommandOutcome.Refused(CommandCodes.NotPossible, answer.Text),
        _ => CommandOutcome.Failed(CommandCodes.NotStored, answer.Text),
    };
}
