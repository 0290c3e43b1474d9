using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Schema;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Tests.Configuration;

/// <summary>
/// Makes the JSON Schema (draft 2020-12) of a config type. What an attribute beside a property says is in the schema, and
/// what the schema says is checked, so there is one truth about each key. The product ships what comes out, so that no start has to make it.
/// </summary>
internal static class SchemaGenerator
{
    public static JsonObject Generate(Type type, string title)
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Annotate };
        var schema = (JsonObject)ConfigJson.Options.GetJsonSchemaAsNode(type, options);
        SchemaReferences.Inline(schema);
        schema["type"] = "object";
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema;
    }

    private static JsonObject Annotate(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = (JsonObject)node;
        if (schema.ContainsKey("enum") && !schema.ContainsKey("type"))
        {
            schema.Insert(0, "type", "string");
        }

        if (schema["properties"] is JsonObject properties && properties["kind"]?["const"] is not null && !schema.ContainsKey("type"))
        {
            schema.Insert(0, "type", "object");
            schema["required"] ??= new JsonArray();
            ((JsonArray)schema["required"]!).Insert(0, "kind");
        }

        var own = context.PropertyInfo?.AttributeProvider;
        foreach (var attribute in own?.GetCustomAttributes(inherit: true) ?? [])
        {
            Apply(schema, attribute);
        }

        if ((Description(own) ?? Description(context.TypeInfo.Type)) is { } description)
        {
            schema.Insert(0, "description", description);
        }

        if (context.PropertyInfo is { IsRequired: false } property && Default(property) is { } value)
        {
            schema["default"] = value;
        }

        return schema;
    }

    private static void Apply(JsonObject schema, object attribute)
    {
        switch (attribute)
        {
            case RangeAttribute range:
                schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Number(range.Minimum);
                schema["maximum"] = Number(range.Maximum);
                break;
            case LengthAttribute length:
                schema[schema.ContainsKey("items") ? "minItems" : "minLength"] = length.MinimumLength;
                schema[schema.ContainsKey("items") ? "maxItems" : "maxLength"] = length.MaximumLength;
                break;
            case MinLengthAttribute least:
                schema[schema.ContainsKey("items") ? "minItems" : "minLength"] = least.Length;
                break;
            case RegularExpressionAttribute expression:
                schema["pattern"] = expression.Pattern;
                schema["x-allowed"] = expression.ErrorMessage;
                break;
            case AllowedValuesAttribute allowed:
                schema["enum"] = new JsonArray([.. allowed.Values.Select(value => (JsonNode?)JsonValue.Create((string?)value))]);
                break;
            case ChannelRoleAttribute:
                schema["enum"] = Names(ChannelRoles.All);
                break;
            case SignatureKeysAttribute:
                schema["propertyNames"] = new JsonObject
                {
                    ["enum"] = Names(SignatureKey.AllOf(ChannelRoles.All)),
                    ["x-allowed"] = $"a role ({string.Join(", ", ChannelRoles.All)}), or role/statistic with one of {string.Join(", ", Statistics.All)}",
                };
                break;
        }
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode?)JsonValue.Create(name))]);

    /// <summary>Whole limits are written without a fraction, whatever the type of the attribute.</summary>
    private static JsonValue Number(object limit) =>
        Convert.ToDouble(limit, System.Globalization.CultureInfo.InvariantCulture) is var number && number == Math.Truncate(number) && Math.Abs(number) < 1e15
            ? JsonValue.Create((long)number)
            : JsonValue.Create(number);

    private static string? Description(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false).OfType<DescriptionAttribute>().FirstOrDefault()?.Description;

    /// <summary>What the property holds in a new object, where that is a simple value.</summary>
    private static JsonNode? Default(JsonPropertyInfo property)
    {
        if (property.Get is null || property.DeclaringType.IsAbstract || property.DeclaringType.GetConstructor(Type.EmptyTypes) is null)
        {
            return null;
        }

        var value = property.Get(Activator.CreateInstance(property.DeclaringType)!);
        var node = value is null ? null : JsonSerializer.SerializeToNode(value, property.PropertyType, ConfigJson.Options);
        return node is JsonValue ? node : null;
    }
}
