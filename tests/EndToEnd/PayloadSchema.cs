using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeAgent.EndToEnd;

/// <summary>Holds a payload against a shipped JSON Schema, for the keywords that those schemas use.</summary>
internal static class PayloadSchema
{
    public static void AssertValid(string schemaFile, JsonElement payload)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "schema", schemaFile)));
        var faults = Faults(schema.RootElement, payload, "").ToArray();
        Assert.True(faults.Length == 0, $"{string.Join('\n', faults)}\nin {payload}");
    }

    private static IEnumerable<string> Faults(JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("const", out var constant) && constant.ToString() != value.ToString())
        {
            yield return $"{place}: {value} is not {constant}";
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(one => one.ToString() == value.ToString()))
        {
            yield return $"{place}: {value} is none of {allowed}";
        }

        if (schema.TryGetProperty("type", out var type) && !HasType(type, value))
        {
            yield return $"{place}: {value} is no {type}";
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.ToString(), pattern.GetString()!))
        {
            yield return $"{place}: {value} does not match {pattern}";
        }

        foreach (var fault in Below(schema, value, place))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Below(JsonElement schema, JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            return value.EnumerateArray().SelectMany((item, i) => Faults(items, item, $"{place}/{i}"));
        }

        if (value.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        var missing = schema.GetProperty("required").EnumerateArray().Where(key => !value.TryGetProperty(key.GetString()!, out _))
            .Select(key => $"{place}/{key}: missing");
        return missing.Concat(value.EnumerateObject().SelectMany(property => properties.TryGetProperty(property.Name, out var below)
            ? Faults(below, property.Value, $"{place}/{property.Name}")
            : [$"{place}/{property.Name}: not in the schema"]));
    }

    private static bool HasType(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => HasType(one, value))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => false,
        };
}
