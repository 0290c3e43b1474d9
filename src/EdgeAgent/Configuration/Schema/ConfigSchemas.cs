namespace EdgeAgent.Configuration.Schema;

/// <summary>The schemas of the files that an operator writes.</summary>
internal static class ConfigSchemas
{
    public static SchemaNode Device { get; } = SchemaGenerator.Generate(typeof(AgentOptions), "EdgeAgent device config");

    public static SchemaNode FaultLibrary { get; } = SchemaGenerator.Generate(typeof(FaultLibraryFile), "EdgeAgent fault library");
}
