using System.Text.Json.Nodes;

namespace EdgeAgent.Configuration.Schema;

/// <summary>
/// Makes a value that fits its schema out of one that may not, so that the rules between fields can be checked in the same
/// go as everything else: what is wrong is left out, and what must be there is filled with the smallest value that fits the
/// type. Findings at filled places mean nothing.
/// </summary>
internal static class SchemaRepair
{
    public static JsonNode? Repair(SchemaNode schema, JsonNode? value)
    {
        var chosen = schema.Resolve(value) ?? schema.Union.First();
        if (chosen.Properties is null && chosen.OtherValues is null)
        {
            return Leaf(chosen, value);
        }

        return value is null && chosen.Allows("null") ? null : Object(chosen, value as JsonObject ?? []);
    }

    private static JsonNode? Leaf(SchemaNode schema, JsonNode? value)
    {
        if (value is JsonArray list && schema.Items is { } items)
        {
            return new JsonArray([.. list.Select(item => Repair(items, item))]);
        }

        return SchemaCheck.IsLeaf(schema, value) ? value?.DeepClone() : Smallest(schema);
    }

    private static JsonObject Object(SchemaNode schema, JsonObject map)
    {
        var repaired = new JsonObject();
        if (schema.KindName is { } kind)
        {
            repaired[SchemaNode.Kind] = kind;
        }

        foreach (var (name, _) in schema.Properties ?? [])
        {
            var property = schema.Property(name)!.Value;
            var required = schema.Required.Contains(name);
            if (name != SchemaNode.Kind || schema.KindName is null)
            {
                Property(repaired, property, name, map, required);
            }
        }

        if (schema.OtherValues is { } other)
        {
            foreach (var (name, value) in map.Where(pair => schema.Property(pair.Key) is null))
            {
                repaired[name] = Repair(other, value);
            }
        }

        return repaired;
    }

    private static void Property(JsonObject repaired, SchemaNode property, string name, JsonObject map, bool required)
    {
        var there = map.TryGetPropertyValue(name, out var value);
        var nested = property.Properties is not null || property.OtherValues is not null || property.Items is not null || property.Json["anyOf"] is not null;
        var usable = there && (nested ? value is JsonObject or JsonArray : SchemaCheck.IsLeaf(property, value));
        if (usable || required)
        {
            repaired[name] = Repair(property, value);
        }
    }

    private static JsonNode? Smallest(SchemaNode schema) =>
        schema.Enum is { } names ? names[0]!.DeepClone()
        : schema.Allows("array") ? new JsonArray()
        : schema.Allows("integer") ? JsonValue.Create((long)(schema.Number("minimum") ?? 0))
        : schema.Allows("number") ? JsonValue.Create(schema.Number("minimum") ?? 0)
        : schema.Allows("boolean") ? JsonValue.Create(false)
        : JsonValue.Create("");
}
