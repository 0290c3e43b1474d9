using System.CommandLine;
using System.Text.Json;
using EdgeAgent.Storage;
using EdgeAgent.Storage.Snapshots;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent snapshots`: the readings around alarms that are kept on this device.</summary>
internal static class SnapshotsCommand
{
    private static readonly Option<string?> Data = SharedOptions.DataDir();

    public static Command Create() => new("snapshots", "The readings of all channels around alarms, kept on this device.") { List(), Export() };

    private static Command List()
    {
        var json = SharedOptions.Json();
        var command = new Command("list", "What is kept, newest first; also while no agent runs.") { Data, json };
        command.SetAction((parsed, _) => LookAsync(parsed, async folder =>
        {
            IReadOnlyList<SnapshotLine> lines = [.. SnapshotFolder.List(folder).Reverse().Where(entry => File.Exists(entry.Path)).Select(SnapshotLine.Of)];
            var text = parsed.GetValue(json) ? JsonSerializer.Serialize(lines, SnapshotJson.Default.IReadOnlyListSnapshotLine)
                : lines.Count == 0 ? "none" : string.Join(Environment.NewLine, lines);
            await Console.Out.WriteLineAsync(text).ConfigureAwait(false);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command Export()
    {
        var id = new Argument<string>("ID") { Description = "An alarm, or the decision that raised it." };
        var to = new Option<string>("--to") { Description = "A new file, which `replay` reads with the device's config.", Required = true, HelpName = "FILE.csv" };
        var command = new Command("export", "Writes the readings around an alarm as CSV.") { id, to, Data };
        command.SetAction((parsed, _) => LookAsync(parsed, folder => ExportAsync(folder, parsed.GetValue(id)!, parsed.GetValue(to)!)));
        return command;
    }

    private static async Task<int> ExportAsync(string folder, string name, string file)
    {
        if (!Guid.TryParseExact(name, "D", out var id))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"ID: found {name}, allowed: an id as `snapshots list` shows it").ConfigureAwait(false);
        }

        if (File.Exists(file))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--to: {file} exists; name a file that does not").ConfigureAwait(false);
        }

        if (SnapshotFolder.Find(folder, id) is not { } entry)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{folder}: no readings are kept of an alarm, or of a decision that raised one, with the id {id}").ConfigureAwait(false);
        }

        if (SnapshotFile.TryRead(entry.Path, out var problem) is not { } snapshot)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"{entry.Path}: {problem}").ConfigureAwait(false);
        }

        try
        {
            DurableFile.TryReplace(file, stream =>
            {
                using var text = new StreamWriter(stream, leaveOpen: true);
                SnapshotCsv.Write(text, snapshot);
                return true;
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"--to: {file} cannot be written: {e.Message}").ConfigureAwait(false);
        }

        await Console.Out.WriteLineAsync($"{snapshot.Header.Readings} readings written to {file}").ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async Task<int> LookAsync(ParseResult parsed, Func<string, Task<int>> look)
    {
        var data = parsed.GetValue(Data) ?? SharedOptions.DefaultDataDirectory;
        var folder = SnapshotFolder.In(data);
        if (!Directory.Exists(data))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{data}: no such folder; name the agent's data directory with --data-dir").ConfigureAwait(false);
        }

        try
        {
            return await look(folder).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"{folder}: cannot be read: {e.Message}").ConfigureAwait(false);
        }
    }
}
