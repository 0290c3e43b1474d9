using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Detection;

namespace EdgeAgent.Storage;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(Calibration))]
internal sealed partial class CalibrationJson : JsonSerializerContext;
