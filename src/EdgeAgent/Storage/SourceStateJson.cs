using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Storage;

/// <summary>How the state of an alarm's source lies on the disk.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SourceState))]
internal sealed partial class SourceStateJson : JsonSerializerContext
{
    public static byte[] Write(SourceState state) => JsonSerializer.SerializeToUtf8Bytes(state, Default.SourceState);

    /// <returns>null if it is none, which nobody but a damaged file can make it.</returns>
    public static SourceState? TryRead(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.SourceState);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
