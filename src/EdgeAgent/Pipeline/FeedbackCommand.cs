using System.Text.Json;
using EdgeAgent.Commanding;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Pipeline;

/// <summary>Whether an alarm was worth it, kept with the alarm's history. It changes no threshold: that is the calibration's.</summary>
internal sealed class FeedbackCommand(AlarmJournal journal, TimeProvider time) : ICommand
{
    private static readonly string[] Verdicts = ["true-fault", "false-alarm"];

    public string Name => CommandNames.Feedback;

    public bool HasEffect => true;

    public CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem)
    {
        var reader = new ArgumentReader(arguments);
        var alarm = reader.Id("alarmId");
        var verdict = reader.OneOf("verdict", Verdicts);
        var comment = reader.Text("comment", AlarmRequest.LongestComment);
        problem = reader.Problem();
        return problem is null ? _ => ValueTask.FromResult(Give(alarm, verdict, who, comment)) : null;
    }

    private CommandOutcome Give(Guid alarm, string verdict, string? who, string? comment)
    {
        try
        {
            return journal.TryGiveFeedback(alarm, verdict, who, comment, time.GetUtcNow())
                ? CommandOutcome.Done($"noted as {verdict}")
                : CommandOutcome.Refused(CommandCodes.UnknownAlarm, "the history has no alarm with this id");
        }
        catch (SqliteException e)
        {
            return CommandOutcome.Failed(CommandCodes.NotStored, $"the disk does not take it: {e.Message}");
        }
    }
}
