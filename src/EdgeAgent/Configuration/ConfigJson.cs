using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Configuration;

/// <summary>How config files are written.</summary>
/// <remarks>
/// The metadata is generated, so that it can be compiled ahead of time: by reflection it was a third of a start. Properties have a setter for its
/// sake, as it sets every init-only one, and a key that a file leaves out would lose the default that stands beside it.
/// </remarks>
internal static class ConfigJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ConfigMetadata.Default.Options);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AgentOptions))]
[JsonSerializable(typeof(FaultLibraryFile))]
internal sealed partial class ConfigMetadata : JsonSerializerContext;
