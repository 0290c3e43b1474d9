using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Language;

/// <summary>The worker's protocol: one JSON document per line, nothing else on stdin and stdout.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkerHello))]
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(WorkerReply))]
internal sealed partial class WorkerJson : JsonSerializerContext;
