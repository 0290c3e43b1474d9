using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Tests.Configuration;

public sealed class ConfigSchemasTests
{
    private const string Update = "EDGEAGENT_UPDATE_SCHEMA";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static SchemaNode Schema(string file) => file == ConfigSchemas.DeviceFile ? ConfigSchemas.Device : ConfigSchemas.FaultLibrary;

    private static JsonObject Generated(string file) => file == ConfigSchemas.DeviceFile
        ? SchemaGenerator.Generate(typeof(AgentOptions), "EdgeAgent device config")
        : SchemaGenerator.Generate(typeof(FaultLibraryFile), "EdgeAgent fault library");

    [Theory]
    [InlineData(ConfigSchemas.DeviceFile)]
    [InlineData(ConfigSchemas.FaultLibraryFile)]
    public void Shipped_schemas_are_what_the_types_say(string file)
    {
        var path = Path.Combine(Repository.DeviceConfigs, "schema", file);
        var generated = Generated(file).ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, generated);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == generated,
            $"device-configs/schema/{file} is out of date; {Update}=1 dotnet test -c Release tests/EdgeAgent.Tests writes it anew, and the next build takes it in");
    }

    [Theory]
    [InlineData(ConfigSchemas.DeviceFile)]
    [InlineData(ConfigSchemas.FaultLibraryFile)]
    public void Every_keyword_of_a_schema_is_one_that_is_checked(string file)
    {
        var keywords = Keywords(Schema(file).Json).Distinct().ToList();

        Assert.NotEmpty(keywords);
        Assert.All(keywords, keyword => Assert.Contains(keyword, SchemaCheck.Keywords));
    }

    [Fact]
    public void Every_key_says_what_it_is_for()
    {
        var undescribed = Undescribed(ConfigSchemas.Device, "").ToList();

        Assert.Empty(undescribed);
    }

    /// <summary>Generated metadata sets every init-only property, also of keys that a file leaves out.</summary>
    [Fact]
    public void No_key_loses_its_default()
    {
        var properties = typeof(AgentOptions).Assembly.GetTypes()
            .Where(type => type is { ContainsGenericParameters: false, IsByRefLike: false } && ConfigMetadata.Default.GetTypeInfo(type)?.Kind == JsonTypeInfoKind.Object).SelectMany(type => type.GetProperties()).ToList();

        Assert.True(properties.Count > 150, $"{properties.Count} properties");
        Assert.DoesNotContain(properties, property => property.GetCustomAttribute<RequiredMemberAttribute>() is null
            && property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true);
    }

    private static IEnumerable<string> Keywords(JsonObject schema)
    {
        foreach (var (keyword, value) in schema)
        {
            yield return keyword;
            IEnumerable<JsonNode?> nested = keyword switch
            {
                "properties" => ((JsonObject)value!).Select(property => property.Value),
                "anyOf" => (JsonArray)value!,
                "items" or "additionalProperties" or "propertyNames" => [value],
                _ => [],
            };
            foreach (var below in nested.OfType<JsonObject>().SelectMany(Keywords))
            {
                yield return below;
            }
        }
    }

    private static IEnumerable<string> Undescribed(SchemaNode schema, string place) =>
        schema.Json["anyOf"] is not null ? schema.Union.SelectMany(branch => Undescribed(branch, $"{place}({branch.KindName})"))
        : schema.Items is { } items ? Undescribed(items, place + "/0")
        : (schema.Properties ?? []).SelectMany(property =>
        {
            var below = new SchemaNode((JsonObject)property.Value!);
            var told = below.Text("description") is not null || below.Text("const") is not null;
            return Undescribed(below, $"{place}/{property.Key}").Concat(told ? [] : [$"{place}/{property.Key}"]);
        });
}
