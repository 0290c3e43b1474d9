using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent outbox status`: what is stored, delivered and waiting.</summary>
internal static class OutboxCommand
{
    public static Command Create()
    {
        var data = SharedOptions.DataDir();
        var json = SharedOptions.Json();
        var status = new Command("status", "Counts of stored, delivered, waiting and dead records; lost is 0 unless something is badly wrong.") { data, json };
        status.SetAction((parsed, _) => StatusAsync(parsed.GetValue(data) ?? SharedOptions.DefaultDataDirectory, parsed.GetValue(json)));
        return new Command("outbox", "The decisions that wait on disk for the broker.") { status };
    }

    private static async Task<int> StatusAsync(string dataDirectory, bool json)
    {
        var path = DataDirectory.OutboxIn(dataDirectory);
        if (!File.Exists(path))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{path}: no outbox here; name the agent's folder with --data-dir").ConfigureAwait(false);
        }

        try
        {
            using var table = new OutboxTable(OutboxDatabase.OpenToLook(path));
            var status = OutboxStatusReader.Read(table);
            await Console.Out.WriteLineAsync(json ? AsJson(status) : AsText(status)).ConfigureAwait(false);
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
