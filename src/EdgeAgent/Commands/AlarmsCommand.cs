using System.CommandLine;
using System.Text.Json;
using EdgeAgent.Alarms;
using EdgeAgent.Storage;
using EdgeAgent.Storage.Snapshots;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent alarms`: what stands, what was, and what people do about it.</summary>
internal static class AlarmsCommand
{
    private const int MostListed = 10_000;

    private static readonly Option<string?> Data = SharedOptions.DataDir();
    private static readonly Option<bool> Json = SharedOptions.Json();
    private static readonly Argument<string> Id = new("ALARMID") { Description = "The alarm, as `alarms list` and every decision name it." };
    private static readonly Option<string?> Who = new("--who") { Description = "Who does it, recorded as a claim. Default: the user that runs the command.", HelpName = "NAME" };
    private static readonly Option<string?> Comment = new("--comment") { Description = "Why.", HelpName = "TEXT" };

    public static Command Create() => new("alarms", "The alarms of this device: what stands and what was, acknowledge, shelve, reset.")
    {
        List(),
        Ask("ack", "acknowledge", "Says that somebody has seen the alarm."),
        Shelve(),
        Ask("unshelve", "unshelve", "Publishes the source's alarms again."),
        Ask("reset", "reset", "Ends a latched alarm whose cause has gone."),
    };

    private static Command List()
    {
        var active = new Option<bool>("--active") { Description = "Only alarms whose cause is there, or that are latched." };
        var limit = new Option<int>("--limit") { Description = $"At most so many, 1 to {MostListed}.", DefaultValueFactory = _ => 50, HelpName = "N" };
        var command = new Command("list", "The newest alarms, newest first; also while no agent runs.") { active, limit, Data, Json };
        command.SetAction((parsed, _) => ListAsync(
            parsed.GetValue(Data) ?? SharedOptions.DefaultDataDirectory, parsed.GetValue(active), parsed.GetValue(limit), parsed.GetValue(Json)));
        return command;
    }

    private static Command Ask(string name, string operation, string description)
    {
        var command = new Command(name, description) { Id, Who, Comment, Data, Json };
        command.SetAction((parsed, stop) => AskAsync(parsed, operation, time: null, stop));
        return command;
    }

    private static Command Shelve()
    {
        var time = new Option<string>("--for") { Description = "For how long, e.g. 30m.", Required = true, HelpName = "TIME" };
        var command = new Command("shelve", "Hides the alarms of the alarm's source from receivers for a limited time.") { Id, time, Who, Comment, Data, Json };
        command.SetAction((parsed, stop) => AskAsync(parsed, "shelve", parsed.GetValue(time), stop));
        return command;
    }

    private static async Task<int> ListAsync(string dataDirectory, bool active, int limit, bool json)
    {
        if (limit is < 1 or > MostListed)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--limit: found {limit}, allowed: 1 to {MostListed}").ConfigureAwait(false);
        }

        var path = DataDirectory.AlarmsIn(dataDirectory);
        if (!File.Exists(path))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{path}: no alarm journal here; name the agent's folder with --data-dir").ConfigureAwait(false);
        }

        try
        {
            await using var connection = AlarmDatabase.OpenToRead(path);
            var lines = AlarmList.Read(connection, active, limit, SnapshotFolder.Alarms(dataDirectory));
            var text = json ? JsonSerializer.Serialize(lines, AlarmWire.Default.IReadOnlyListAlarmLine)
                : lines.Count == 0 ? "none" : string.Join(Environment.NewLine, lines);
            await Console.Out.WriteLineAsync(text).ConfigureAwait(false);
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is SqliteException or JsonException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"{path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}").ConfigureAwait(false);
        }
    }

    private static async Task<int> AskAsync(ParseResult parsed, string operation, string? time, CancellationToken stop)
    {
        if (!Guid.TryParseExact(parsed.GetValue(Id), "D", out var alarm))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"ALARMID: found {parsed.GetValue(Id)}, allowed: an id as `alarms list` shows it").ConfigureAwait(false);
        }

        var seconds = time is null ? null : Durations.Parse(time)?.TotalSeconds;
        if (time is not null && seconds is null)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--for: found {time}, allowed: {Durations.Allowed}").ConfigureAwait(false);
        }

        var request = new WireRequest(operation, alarm, parsed.GetValue(Who) ?? Environment.UserName, parsed.GetValue(Comment), seconds);
        var (answer, problem) = await AlarmClient.AskAsync(parsed.GetValue(Data) ?? SharedOptions.DefaultDataDirectory, request, stop).ConfigureAwait(false);
        if (answer is null)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, problem!).ConfigureAwait(false);
        }

        var exitCode = answer.Result switch
        {
            AlarmWire.Done or AlarmWire.AlreadySo => ExitCodes.Done,
            AlarmWire.UnknownAlarm or AlarmWire.BadRequest => ExitCodes.BadInput,
            _ => ExitCodes.Failed,
        };
        if (parsed.GetValue(Json))
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer, AlarmWire.Default.WireAnswer)).ConfigureAwait(false);
            return exitCode;
        }

        if (exitCode != ExitCodes.Done)
        {
            return await SharedOptions.FailAsync(exitCode, answer.Text).ConfigureAwait(false);
        }

        await Console.Out.WriteLineAsync(answer.Text).ConfigureAwait(false);
        return exitCode;
    }
}
