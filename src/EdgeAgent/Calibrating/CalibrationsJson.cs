using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Calibrating;

/// <summary>What `calibrations … --json` prints.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<CalibrationLine>))]
[JsonSerializable(typeof(CalibrationComparison))]
[JsonSerializable(typeof(ActiveChange))]
internal sealed partial class CalibrationsJson : JsonSerializerContext;

/// <summary>Another version became the active one.</summary>
internal sealed record ActiveChange(string Active, string? Before);
