using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.Configuration;

/// <summary>Reads JSON with comments and trailing commas into nodes, and notes keys that occur twice.</summary>
internal sealed class JsonTree
{
    private JsonTree()
    {
    }

    public JsonNode? Root { get; private set; }

    /// <summary>Pointers of keys that occur more than once in their object; the last one counts.</summary>
    public List<string> Duplicates { get; } = [];

    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static JsonTree Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var tree = new JsonTree();
        reader.Read();
        tree.Root = tree.Node(ref reader, "");
        reader.Read();
        return tree;
    }

    private JsonNode? Node(ref Utf8JsonReader reader, string pointer) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Object(ref reader, pointer),
        JsonTokenType.StartArray => Array(ref reader, pointer),
        JsonTokenType.Null => null,
        _ => JsonValue.Create(JsonElement.ParseValue(ref reader)),
    };

    private JsonObject Object(ref Utf8JsonReader reader, string pointer)
    {
        var node = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            var place = JsonPlace.Below(pointer, key);
            reader.Read();
            if (node.ContainsKey(key))
            {
                Duplicates.Add(place);
            }

            node[key] = Node(ref reader, place);
        }

        return node;
    }

    private JsonArray Array(ref Utf8JsonReader reader, string pointer)
    {
        var node = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            node.Add(Node(ref reader, JsonPlace.Below(pointer, node.Count)));
        }

        return node;
    }
}
