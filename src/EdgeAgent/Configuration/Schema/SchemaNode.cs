using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.Configuration.Schema;

/// <summary>Reads the parts of a schema node; the keywords are those of <see cref="SchemaCheck.Keywords"/>.</summary>
internal readonly struct SchemaNode(JsonObject schema)
{
    /// <summary>The key that tells the kinds of a union apart.</summary>
    public const string Kind = "kind";

    public JsonObject Json { get; } = schema;

    public JsonObject? Properties => Json["properties"] as JsonObject;

    public SchemaNode? Items => Json["items"] is JsonObject items ? new SchemaNode(items) : null;

    /// <summary>The schema of values whose keys the schema does not name; null where only named keys are allowed.</summary>
    public SchemaNode? OtherValues => Json["additionalProperties"] is JsonObject other ? new SchemaNode(other) : null;

    public JsonArray? Enum => Json["enum"] as JsonArray;

    public IEnumerable<SchemaNode> Union => (Json["anyOf"] as JsonArray ?? []).Select(branch => new SchemaNode((JsonObject)branch!));

    public string? KindName => Properties?[Kind]?["const"]?.GetValue<string>();

    public IEnumerable<string> Required => (Json["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>());

    public SchemaNode? Property(string name) => Properties?[name] is JsonObject property ? new SchemaNode(property) : null;

    public bool Allows(string type) => Json["type"] switch
    {
        JsonArray types => types.Any(allowed => allowed!.GetValue<string>() == type),
        JsonValue one => one.GetValue<string>() == type,
        _ => false,
    };

    /// <summary>A limit, whichever number type its node was made from.</summary>
    public double? Number(string keyword) =>
        Json[keyword] is { } limit ? double.Parse(limit.ToJsonString(), CultureInfo.InvariantCulture) : null;

    public int? Count(string keyword) => Json[keyword]?.GetValue<int>();

    public string? Text(string keyword) => Json[keyword]?.GetValue<string>();

    /// <summary>For a union the schema of the kind that the value names; null where it names none.</summary>
    public SchemaNode? Resolve(JsonNode? value)
    {
        if (Json["anyOf"] is null)
        {
            return this;
        }

        var kind = (value as JsonObject)?[Kind] is JsonValue named && named.GetValueKind() == JsonValueKind.String ? named.GetValue<string>() : null;
        foreach (var branch in Union)
        {
            if (branch.KindName == kind)
            {
                return branch;
            }
        }

        return null;
    }
}
