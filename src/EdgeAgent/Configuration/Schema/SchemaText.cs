using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.Configuration.Schema;

/// <summary>Words what a value is and what a schema allows, for error lines.</summary>
internal static class SchemaText
{
    private const int LongestValue = 60;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Found(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "an object",
        JsonArray list => $"a list of {list.Count}",
        _ when value.ToJsonString(Plain) is var text => text.Length <= LongestValue ? text : text[..LongestValue] + "…",
        _ => "",
    };

    public static string Allowed(SchemaNode schema)
    {
        if (schema.Text("x-allowed") is { } words)
        {
            return words;
        }

        if (schema.Enum is { } names)
        {
            return string.Join(", ", names.Where(name => name is not null).Select(Found));
        }

        if (schema.Json["anyOf"] is not null)
        {
            return $"an object with the key \"{SchemaNode.Kind}\"";
        }

        return schema.Allows("object") ? "an object"
            : schema.Allows("array") ? $"a list of {Range(schema.Count("minItems"), schema.Count("maxItems"))}"
            : schema.Allows("boolean") ? "true or false"
            : schema.Allows("integer") ? $"integer{Limits(schema)}"
            : schema.Allows("number") ? $"number{Limits(schema)}"
            : $"text{Length(schema)}";
    }

    public static string Number(double value) => value.ToString("0.###############", CultureInfo.InvariantCulture);

    private static string Limits(SchemaNode schema)
    {
        var above = schema.Number("exclusiveMinimum");
        return (schema.Number("minimum"), above, schema.Number("maximum")) switch
        {
            ({ } low, _, { } high) => $" {Number(low)}..{Number(high)}",
            (_, { } low, { } high) => $" above {Number(low)}, up to {Number(high)}",
            ({ } low, _, _) => $" from {Number(low)}",
            (_, _, { } high) => $" up to {Number(high)}",
            _ => "",
        };
    }

    private static string Length(SchemaNode schema) => (schema.Count("minLength"), schema.Count("maxLength")) switch
    {
        (1, null) => " that is not empty",
        (null, null) => "",
        var (shortest, longest) => $" of {Range(shortest, longest)} characters",
    };

    private static string Range(int? low, int? high) => high is null ? $"{low ?? 0} or more" : $"{low ?? 0}..{high}";
}
