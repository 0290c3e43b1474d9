using System.Globalization;
using System.Text.Json;
using EdgeAgent.Core.Snapshots;

namespace EdgeAgent.Storage.Snapshots;

/// <summary>One snapshot as `snapshots list` shows it; only the id, the size and the problem are there of a damaged one.</summary>
/// <param name="Problem">Why it cannot be used; null if it can, as far as its length tells.</param>
internal sealed record SnapshotLine(
    Guid AlarmId,
    Guid? DecisionId,
    string? Kind,
    string? Source,
    string? Code,
    DateTimeOffset? RaisedAt,
    string? Clock,
    int? Readings,
    double? BeforeSeconds,
    double? AfterSeconds,
    SnapshotEnd? After,
    long Bytes,
    string? Problem)
{
    public static SnapshotLine Of(SnapshotEntry entry) => SnapshotFile.TryReadHeader(entry.Path, out var problem) is { } header
        ? new SnapshotLine(
            entry.AlarmId, header.DecisionId, header.Kind, header.Source, header.Code, header.RaisedAt, header.Clock, header.Readings,
            header.BeforeSeconds, header.AfterSeconds, header.After, entry.Bytes, Problem: null)
        : new SnapshotLine(entry.AlarmId, null, null, null, null, null, null, null, null, null, null, entry.Bytes, problem);

    public override string ToString() => Problem is not null ? $"{AlarmId}  {Problem}" : string.Create(
        CultureInfo.InvariantCulture,
        $"{AlarmId}  {RaisedAt:yyyy-MM-dd HH:mm:ss}{(Clock == "synced" ? " " : "?")} {Kind} {Source}{(Code is null ? "" : ", " + Code)}, {Readings} readings, {BeforeSeconds:0.0} s before and {AfterSeconds:0.0} s after ({Word}), {Bytes} bytes");

    private string Word => JsonNamingPolicy.CamelCase.ConvertName(After.ToString() ?? "");
}
