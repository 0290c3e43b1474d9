using System.Text.Json.Nodes;
using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Tests.Configuration;

/// <summary>
/// Replaces references by what they point to: the exporter writes a type that occurs twice as a pointer to its first place, which
/// editors follow and <see cref="SchemaCheck"/> does not have to.
/// </summary>
internal static class SchemaReferences
{
    private const string Keyword = "$ref";

    public static void Inline(JsonObject schema) => Inline(schema, schema);

    private static void Inline(JsonNode? node, JsonObject root)
    {
        switch (node)
        {
            case JsonObject found when found[Keyword]?.GetValue<string>() is { } pointer:
                found.Remove(Keyword);
                foreach (var (name, value) in (JsonObject)Target(root, pointer).DeepClone())
                {
                    found.TryAdd(name, value?.DeepClone());
                }

                Inline(found, root);
                break;
            case JsonObject found:
                found.ToList().ForEach(member => Inline(member.Value, root));
                break;
            case JsonArray list:
                list.ToList().ForEach(item => Inline(item, root));
                break;
        }
    }

    /// <param name="pointer">A JSON pointer (RFC 6901) as a URI fragment.</param>
    private static JsonNode Target(JsonNode root, string pointer) => pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
        .Aggregate(root, (node, step) => node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);
}
