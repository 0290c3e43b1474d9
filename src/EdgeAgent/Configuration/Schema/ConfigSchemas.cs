using System.Text.Json.Nodes;

namespace EdgeAgent.Configuration.Schema;

/// <summary>
/// The schemas of the files that an operator writes: those of <c>device-configs/schema</c>, which the tests make from the types beside
/// this folder. Making them at a start would take longer than all the rest of reading a config.
/// </summary>
internal static class ConfigSchemas
{
    public const string DeviceFile = "device-config.schema.json";
    public const string FaultLibraryFile = "fault-library.schema.json";

    public static SchemaNode Device { get; } = Read(DeviceFile);

    public static SchemaNode FaultLibrary { get; } = Read(FaultLibraryFile);

    private static SchemaNode Read(string file)
    {
        using var stream = typeof(ConfigSchemas).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is missing in this build");
        return new SchemaNode(JsonNode.Parse(stream)!.AsObject());
    }
}
