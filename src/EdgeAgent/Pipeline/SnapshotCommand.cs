using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Commanding;
using EdgeAgent.Storage.Snapshots;

namespace EdgeAgent.Pipeline;

/// <summary>
/// Hands the stored readings around an alarm to whoever asks, as CSV: all of them, or so many in a row as the answer has room for.
/// The only way in which raw readings leave the device over the network.
/// </summary>
/// <param name="folder">Of the snapshots.</param>
internal sealed class SnapshotCommand(string folder) : ICommand
{
    private const int SmallestAnswer = 4096;

    /// <summary>With the rest of the answer below the megabyte that a broker set up as ours takes.</summary>
    private const int LargestAnswer = 900_000;
    private const int UsualAnswer = 131_072;
    private const int AroundTheAlarm = -1;

    public string Name => CommandNames.Snapshot;

    public bool HasEffect => false;

    public CommandRun? Prepare(string id, string? who, JsonElement arguments, out CommandProblem? problem)
    {
        var reader = new ArgumentReader(arguments);
        var wanted = reader.IdOfEither("alarmId", "decisionId");
        var first = reader.Whole("firstReading", 0, int.MaxValue, AroundTheAlarm);
        var most = reader.Whole("maxBytes", SmallestAnswer, LargestAnswer, UsualAnswer);
        problem = reader.Problem();
        return problem is null ? _ => ValueTask.FromResult(Read(wanted, first, most)) : null;
    }

    private CommandOutcome Read(Guid id, int first, int mostBytes)
    {
        try
        {
            if (SnapshotFolder.Find(folder, id) is not { } entry)
            {
                return CommandOutcome.Refused(CommandCodes.NoSnapshot, "no readings are kept of an alarm, or of a decision that raised one, with this id");
            }

            if (SnapshotFile.TryRead(entry.Path, out var problem) is not { } snapshot)
            {
                return CommandOutcome.Failed(CommandCodes.Damaged, $"{Path.GetFileName(entry.Path)}: {problem}");
            }

            var count = snapshot.Header.Readings;
            return first >= count
                ? CommandOutcome.Rejected(new CommandProblem(CommandCodes.BadArguments, $"/arguments/firstReading: found {first}, allowed: a whole number 0..{count - 1}"))
                : Answer(snapshot, SnapshotExcerpt.Of(snapshot, first == AroundTheAlarm ? null : first, mostBytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CommandOutcome.Failed(CommandCodes.Damaged, $"the snapshots cannot be read: {e.Message}");
        }
    }

    private static CommandOutcome Answer(Snapshot snapshot, SnapshotExcerpt excerpt)
    {
        var header = snapshot.Header;
        return CommandOutcome.Done(
            string.Create(CultureInfo.InvariantCulture, $"{excerpt.Count} of {header.Readings} readings"),
            new JsonObject
            {
                ["header"] = JsonSerializer.SerializeToNode(header, SnapshotJson.Default.SnapshotHeader),
                ["firstReading"] = excerpt.First,
                ["sentReadings"] = excerpt.Count,
                ["from"] = snapshot.At(excerpt.First),
                ["to"] = snapshot.At(excerpt.First + excerpt.Count - 1),
                ["truncated"] = excerpt.Count < header.Readings,
                ["csv"] = excerpt.Csv,
            });
    }
}
