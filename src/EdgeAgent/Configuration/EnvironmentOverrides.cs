using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration;

/// <summary>
/// Environment variables that replace single values of a config: <c>EDGEAGENT__MQTT__PORT=1884</c> is /mqtt/port. Keys are
/// found whatever their case, list items by their index; an empty value means null where that is allowed.
/// </summary>
internal static class EnvironmentOverrides
{
    private const string Prefix = "EDGEAGENT__";
    private const string Separator = "__";

    /// <summary>Changes <paramref name="root"/>.</summary>
    /// <returns>For each variable the place that it set, or why it sets nothing.</returns>
    public static IEnumerable<(string Place, string Variable, SchemaFault? Fault)> Apply(
        JsonObject root, SchemaNode schema, IReadOnlyDictionary<string, string> environment)
    {
        var variables = environment.Keys
            .Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            // The kind of a source decides which other keys it has.
            .OrderBy(name => !name.EndsWith(Separator + SchemaNode.Kind, StringComparison.OrdinalIgnoreCase))
            .ThenBy(name => name, StringComparer.Ordinal);
        foreach (var variable in variables)
        {
            var path = variable[Prefix.Length..].Split(Separator);
            var place = "";
            var fault = Set(root, schema, path, environment[variable], ref place);
            yield return (place, variable, fault);
        }
    }

    private static SchemaFault? Set(JsonNode parent, SchemaNode schema, ReadOnlySpan<string> path, string value, ref string place)
    {
        var found = Find(parent, schema, path[0], ref place, out var key, out var index, out var below);
        if (found is not null)
        {
            return found;
        }

        if (path.Length == 1)
        {
            Assign(parent, key, index, Parse(below, value));
            return null;
        }

        var child = key is not null ? parent[key] : index < ((JsonArray)parent).Count ? parent[index] : null;
        if (child is null)
        {
            child = below.Allows("array") ? new JsonArray() : new JsonObject();
            Assign(parent, key, index, child);
        }

        return Set(child, below, path[1..], value, ref place);
    }

    private static SchemaFault? Find(
        JsonNode parent, SchemaNode schema, string segment, ref string place, out string? key, out int index, out SchemaNode below)
    {
        key = null;
        index = -1;
        below = default;
        var chosen = schema.Resolve(parent) ?? schema.Union.First();
        if (parent is JsonObject && chosen.Properties is { } properties)
        {
            key = properties.Select(property => property.Key).FirstOrDefault(name => name.Equals(segment, StringComparison.OrdinalIgnoreCase));
            place = JsonPlace.Below(place, key ?? segment);
            below = key is null ? default : chosen.Property(key)!.Value;
            return key is null ? SchemaCheck.UnknownKey(place, segment, [.. properties.Select(property => property.Key)]) : null;
        }

        place = JsonPlace.Below(place, segment);
        if (parent is JsonArray list && chosen.Items is { } items)
        {
            below = items;
            return int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index <= list.Count
                ? null
                : new SchemaFault(place, $"the index \"{segment}\"", $"0..{list.Count}");
        }

        return new SchemaFault(place, "an unknown key", "nothing below this value");
    }

    private static void Assign(JsonNode parent, string? key, int index, JsonNode? value)
    {
        if (key is not null)
        {
            parent[key] = value;
        }
        else if (parent is JsonArray list && index == list.Count)
        {
            list.Add(value);
        }
        else
        {
            parent[index] = value;
        }
    }

    /// <summary>Text that is no value of the wanted type stays text, so that the check words the error.</summary>
    private static JsonNode? Parse(SchemaNode schema, string value)
    {
        if (value.Length == 0 && schema.Allows("null"))
        {
            return null;
        }

        if (schema.Allows("string") || schema.Text("const") is not null)
        {
            return JsonValue.Create(value);
        }

        try
        {
            return JsonNode.Parse(schema.Allows("boolean") ? value.ToLowerInvariant() : value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}
