using System.Text.Json.Serialization;
using EdgeAgent.Core.Detection;

namespace EdgeAgent.Storage;

/// <summary>The score graph's states as they lie on the disk.</summary>
/// <param name="Calibration">The id of the calibration that they grew from.</param>
/// <param name="Clock">"synced" or "unsynced": whether <paramref name="At"/> can be believed.</param>
/// <param name="Reference">The tensor among them that holds each slot's slow reference; null if the model has none.</param>
internal sealed record StoredStates(
    int Format, string Calibration, DateTimeOffset At, string Clock, string? Reference, IReadOnlyList<ModeStates> Modes)
{
    public const int CurrentFormat = 1;
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StoredStates))]
internal sealed partial class StoredStatesJson : JsonSerializerContext;
