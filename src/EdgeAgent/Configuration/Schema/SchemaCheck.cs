using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeAgent.Configuration.Schema;

/// <summary>Finds every place where a JSON value breaks its schema. It knows the keywords that our schemas use, no others.</summary>
internal sealed class SchemaCheck
{
    /// <summary>The keywords that are enforced or that only inform; a test holds the generated schemas to them.</summary>
    public static readonly IReadOnlySet<string> Keywords = new HashSet<string>
    {
        "type", "properties", "required", "additionalProperties", "propertyNames", "items", "minItems", "maxItems", "minimum",
        "maximum", "exclusiveMinimum", "minLength", "maxLength", "pattern", "enum", "const", "anyOf",
        "$schema", "title", "description", "default", "x-allowed",
    };

    private readonly List<SchemaFault> _faults = [];

    private SchemaCheck()
    {
    }

    public static IReadOnlyList<SchemaFault> Run(SchemaNode schema, JsonNode? value)
    {
        var check = new SchemaCheck();
        check.Visit(schema, value, "");
        return check._faults;
    }

    private void Visit(SchemaNode schema, JsonNode? value, string place)
    {
        if (schema.Resolve(value) is not { } chosen)
        {
            Kind(schema, value, place);
        }
        else if (value is JsonObject map && (chosen.Properties is not null || chosen.OtherValues is not null))
        {
            Object(chosen, map, place);
        }
        else if (!IsLeaf(chosen, value))
        {
            _faults.Add(new SchemaFault(place, SchemaText.Found(value), SchemaText.Allowed(schema)));
        }
        else if (value is JsonArray list && chosen.Items is { } items)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Visit(items, list[i], JsonPlace.Below(place, i));
            }
        }
    }

    private void Kind(SchemaNode schema, JsonNode? value, string place)
    {
        if (value is not JsonObject map)
        {
            _faults.Add(new SchemaFault(place, SchemaText.Found(value), SchemaText.Allowed(schema)));
            return;
        }

        var found = map.TryGetPropertyValue(SchemaNode.Kind, out var kind) ? SchemaText.Found(kind) : "nothing";
        var allowed = string.Join(", ", schema.Union.Select(branch => $"\"{branch.KindName}\""));
        _faults.Add(new SchemaFault(JsonPlace.Below(place, SchemaNode.Kind), found, allowed));
    }

    private void Object(SchemaNode schema, JsonObject map, string place)
    {
        foreach (var (key, value) in map)
        {
            var below = JsonPlace.Below(place, key);
            if ((schema.Property(key) ?? schema.OtherValues) is not { } known)
            {
                _faults.Add(UnknownKey(below, key, [.. schema.Properties!.Select(property => property.Key)]));
                continue;
            }

            if (schema.Json["propertyNames"] is JsonObject names && !IsLeaf(new SchemaNode(names), JsonValue.Create(key)))
            {
                var allowed = new SchemaNode(names);
                var fault = UnknownKey(below, key, [.. allowed.Enum!.Select(name => name!.GetValue<string>())]);
                _faults.Add(allowed.Text("x-allowed") is { } words ? fault with { Allowed = words } : fault);
            }

            if (schema.Property(key)?.Json["const"] is null)
            {
                Visit(known, value, below);
            }
        }

        foreach (var name in schema.Required.Where(name => !map.ContainsKey(name)))
        {
            _faults.Add(new SchemaFault(JsonPlace.Below(place, name), "nothing", SchemaText.Allowed(schema.Property(name)!.Value)));
        }
    }

    /// <param name="place">The pointer of the unknown key itself.</param>
    public static SchemaFault UnknownKey(string place, string key, IReadOnlyCollection<string> known)
    {
        var nearest = SimilarName.Among(known, key);
        return new SchemaFault(
            place,
            nearest is null ? "an unknown key" : $"an unknown key (did you mean \"{nearest}\"?)",
            string.Join(", ", known));
    }

    /// <summary>Whether the value itself fits, its children aside.</summary>
    public static bool IsLeaf(SchemaNode schema, JsonNode? value)
    {
        if (schema.Enum is { } names)
        {
            return names.Any(name => JsonNode.DeepEquals(name, value));
        }

        return value?.GetValueKind() switch
        {
            null => schema.Allows("null"),
            JsonValueKind.Object => schema.Allows("object"),
            JsonValueKind.Array => schema.Allows("array") && Within(((JsonArray)value).Count, schema.Count("minItems"), schema.Count("maxItems")),
            JsonValueKind.True or JsonValueKind.False => schema.Allows("boolean"),
            JsonValueKind.Number => Number(schema, value.ToJsonString()),
            _ => schema.Allows("string") && String(schema, value.GetValue<string>()),
        };
    }

    private static bool Number(SchemaNode schema, string text) =>
        (schema.Allows("number") || (schema.Allows("integer") && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
        && !(number < schema.Number("minimum"))
        && !(number <= schema.Number("exclusiveMinimum"))
        && !(number > schema.Number("maximum"));

    // In .NET, $ also matches before a last line feed; in JSON Schema it does not.
    private static bool String(SchemaNode schema, string text) =>
        Within(text.Length, schema.Count("minLength"), schema.Count("maxLength"))
        && (schema.Text("pattern") is not { } pattern
            || (!text.EndsWith('\n') && Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1))));

    private static bool Within(int count, int? low, int? high) => !(count < low) && !(count > high);
}
