using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>Writes arguments without spaces.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CommandPrintJson : JsonSerializerContext;
