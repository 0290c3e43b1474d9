using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Snapshots;

namespace EdgeAgent.Storage.Snapshots;

/// <summary>The first line of a snapshot's file; docs/schema/snapshot.schema.json describes it.</summary>
/// <param name="DecisionId">Of the decision that raised the alarm.</param>
/// <param name="Source">The machine's id or the channel's name.</param>
/// <param name="Clock">"synced" or "unsynced", as in the decision.</param>
/// <param name="RateHz">As the config has it.</param>
/// <param name="AskedBeforeSeconds">As the config has it; the file may hold less.</param>
/// <param name="BeforeSeconds">From the first reading to the alarm.</param>
/// <param name="AfterSeconds">From the alarm to the last reading.</param>
/// <param name="Readings">How many follow.</param>
/// <param name="ReadingsBefore">Of these, up to and with the one that raised the alarm.</param>
internal sealed record SnapshotHeader(
    string Schema,
    Guid AlarmId,
    Guid DecisionId,
    string Kind,
    string Source,
    string? Code,
    string Severity,
    string Site,
    string Device,
    string Machine,
    DateTimeOffset RaisedAt,
    string Clock,
    string BootId,
    long MonotonicMs,
    double RateHz,
    IReadOnlyList<SnapshotChannel> Channels,
    double AskedBeforeSeconds,
    double AskedAfterSeconds,
    double BeforeSeconds,
    double AfterSeconds,
    SnapshotEnd After,
    int Readings,
    int ReadingsBefore)
{
    public const string SchemaName = "edgeagent/snapshot/1";
}

/// <param name="Column">Its column in an exported CSV file: the one that the config looks for in a recording.</param>
internal sealed record SnapshotChannel(string Name, string Column, string Role, string Unit);

/// <summary>"pending", "complete" or "cut".</summary>
internal sealed class SnapshotEndConverter() : JsonStringEnumConverter<SnapshotEnd>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(SnapshotEndConverter)])]
[JsonSerializable(typeof(SnapshotHeader))]
[JsonSerializable(typeof(IReadOnlyList<SnapshotLine>))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
