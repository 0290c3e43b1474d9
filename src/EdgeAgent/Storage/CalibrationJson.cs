using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Storage;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredCalibration))]
internal sealed partial class CalibrationJson : JsonSerializerContext;
