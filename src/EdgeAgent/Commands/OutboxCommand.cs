using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent outbox`: what is stored, delivered and waiting.</summary>
internal static class OutboxCommand
{
    public static Command Create() => new("outbox", "The decisions that wait on disk for the broker.") { Status(), Peek(), Drain() };

    private static Command Status()
    {
        var data = SharedOptions.DataDir();
        var json = SharedOptions.Json();
        var command = new Command("status", "Counts of stored, delivered, waiting, dead and lost records; lost is 0 unless something is badly wrong.") { data, json };
        command.SetAction((parsed, _) => LookAsync(Folder(parsed.GetValue(data)), async table =>
        {
            var status = OutboxStatusReader.Read(table);
            await Console.Out.WriteLineAsync(parsed.GetValue(json) ? AsJson(status) : AsText(status)).ConfigureAwait(false);
        }));
        return command;
    }

    private static Command Peek()
    {
        var data = SharedOptions.DataDir();
        var limit = new Option<int>("--limit") { Description = "Most records. Default: 10.", DefaultValueFactory = _ => 10, HelpName = "N" };
        var command = new Command("peek", "What waits, oldest first, one JSON per line; takes nothing out.") { data, limit };
        command.SetAction(async (parsed, _) =>
        {
            var most = parsed.GetValue(limit);
            return most < 1
                ? await SharedOptions.FailAsync(ExitCodes.BadInput, $"--limit: found {most}, allowed: 1 or more").ConfigureAwait(false)
                : await LookAsync(Folder(parsed.GetValue(data)), async table =>
                {
                    foreach (var row in table.Read("ORDER BY position LIMIT $most", ("$most", most)))
                    {
                        await Console.Out.WriteLineAsync(Encoding.UTF8.GetString(row.Body)).ConfigureAwait(false);
                    }
                }).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Drain()
    {
        var data = SharedOptions.DataDir();
        var to = new Option<string>("--to") { Description = "A new file: one JSON per line, oldest first.", Required = true, HelpName = "FILE.jsonl" };
        var command = new Command("drain", "Moves what waits into a file, and takes it out once the file is safe on its disk. Not while an agent runs.") { data, to };
        command.SetAction((parsed, _) => OutboxDrain.RunAsync(Folder(parsed.GetValue(data)), parsed.GetValue(to)!));
        return command;
    }

    private static string Folder(string? named) => named ?? SharedOptions.DefaultDataDirectory;

    private static async Task<int> LookAsync(string folder, Func<OutboxTable, Task> look)
    {
        var path = DataDirectory.OutboxIn(folder);
        if (!File.Exists(path))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{path}: no outbox here; name the agent's folder with --data-dir").ConfigureAwait(false);
        }

        try
        {
            using var table = new OutboxTable(OutboxDatabase.OpenToLook(path));
            await look(table).ConfigureAwait(false);
            return ExitCodes.Done;
        }
        catch (SqliteException e)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"{path}: cannot be read: {e.Message}").ConfigureAwait(false);
        }
    }

    private static string AsJson(OutboxStatus status) => JsonSerializer.Serialize(status, OutboxStatusJson.Default.OutboxStatus);

    private static string AsText(OutboxStatus status) =>
        $"""
        stored     {status.Stored}
        delivered  {status.Delivered}
        waiting    {status.Waiting}
        dead       {status.Dead}
        evicted    {status.Evicted}
        drained    {status.Drained}
        damaged    {status.Damaged}
        lost       {status.Lost}
        last seq   {status.LastSeq}
        bytes      {status.Bytes}
        written    {(status.BytesWrittenPerDay is { } perDay ? $"{perDay} bytes per day, measured for {status.WrittenSeconds} s" : "not measured for an hour yet")}
        """;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OutboxStatus))]
internal sealed partial class OutboxStatusJson : JsonSerializerContext;
