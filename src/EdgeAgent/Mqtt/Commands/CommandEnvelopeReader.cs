using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using EdgeAgent.Commanding;
using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>Reads a payload that a stranger wrote: strict JSON, known keys, each once, nothing deep. Never throws.</summary>
internal static partial class CommandEnvelopeReader
{
    public const string SchemaName = "edgeagent/command/1";
    private const int Deepest = 8;
    private const int LongestWho = AlarmRequest.LongestWho;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    /// <param name="id">Also on failure, if the payload has a good one: an error answer names it.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> payload,
        out string? id,
        [NotNullWhen(true)] out CommandEnvelope? envelope,
        [NotNullWhen(false)] out CommandProblem? problem)
    {
        id = null;
        envelope = null;
        if (!Utf8.IsValid(payload.Span))
        {
            problem = Malformed("the payload is not UTF-8");
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(payload, Strict);
            var fault = Fault(document.RootElement, ref id, out var who, out var arguments);
            problem = fault is null ? null : Malformed(fault);
            envelope = fault is null ? new CommandEnvelope(id!, who, arguments.Clone()) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped half of a surrogate pair, which is JSON but no text.
            problem = Malformed(e is JsonException ? $"the payload is not one JSON object of at most {Deepest} levels, each key once" : "a text holds half a character");
        }

        return problem is null;
    }

    private static string? Fault(JsonElement root, ref string? id, out string? who, out JsonElement arguments)
    {
        who = null;
        arguments = NoArguments;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return "the payload is no JSON object";
        }

        Touch(root);
        if (root.TryGetProperty("id", out var given) && given.ValueKind == JsonValueKind.String && Id().IsMatch(given.GetString()!))
        {
            id = given.GetString();
        }

        if (id is null)
        {
            return "/id: needed are 1..64 letters, digits or _ . : -";
        }

        foreach (var property in root.EnumerateObject())
        {
            switch (property.Name)
            {
                case "id":
                    break;
                case "schema" when property.Value.ValueKind == JsonValueKind.String && property.Value.ValueEquals(SchemaName):
                    break;
                case "who" when property.Value.ValueKind == JsonValueKind.String && IsName(property.Value.GetString()!):
                    who = property.Value.GetString();
                    break;
                case "arguments" when property.Value.ValueKind == JsonValueKind.Object:
                    arguments = property.Value;
                    break;
                default:
                    return property.Name switch
                    {
                        "schema" => $"/schema: allowed is \"{SchemaName}\"",
                        "who" => $"/who: allowed are 1..{LongestWho} characters without control characters",
                        "arguments" => "/arguments: allowed is an object",
                        _ => $"unknown key {ArgumentReader.Quote(property.Name)}; known are schema, id, who, arguments",
                    };
            }
        }

        return null;
    }

    /// <summary>Decodes every text once, so that nobody behind this is surprised by one that cannot be.</summary>
    private static void Touch(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Touch(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Touch(property.Value);
                }

                break;
        }
    }

    private static bool IsName(string text) => text.Length is > 0 and <= LongestWho && !text.Any(char.IsControl);

    private static CommandProblem Malformed(string why) => new(CommandCodes.Malformed, why);

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]{1,64}\z")]
    private static partial Regex Id();
}
