using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Language;

/// <summary>Reads the file that `diagnose --evidence` names. The first mistake is told with its JSON pointer.</summary>
internal static class EvidenceInputReader
{
    private const long LargestFile = 4 << 20;
    private static readonly string[] Trends = ["rising", "falling", "steady"];

    private static readonly JsonDocumentOptions Relaxed =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Does not throw for a file that is missing, unreadable or wrong.</summary>
    public static bool TryRead(
        string file, [NotNullWhen(true)] out EvidenceInput? input, [NotNullWhen(false)] out string? problem)
    {
        input = null;
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > LargestFile })
            {
                problem = $"{file}: larger than {LargestFile} bytes";
                return false;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(file), Relaxed);
            input = Read(document.RootElement);
            problem = null;
            return true;
        }
        catch (JsonException e)
        {
            problem = $"{file}: not JSON: {e.Message.ReplaceLineEndings(" ")}";
        }
        catch (FormatException e)
        {
            problem = $"{file}: {e.Message}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e is FileNotFoundException or DirectoryNotFoundException ? $"{file}: no such file" : $"{file}: {e.Message}";
        }

        return false;
    }

    private static EvidenceInput Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("evidence", out var list)
            || list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("found no \"evidence\", allowed: an object with an array \"evidence\", or a decision of a machine alarm");
        }

        return new EvidenceInput(
            Text(root, "machineType", "", null),
            Text(root, "faultLibrary", "", null),
            [.. list.EnumerateArray().Select((item, i) => ReadItem(item, $"/evidence/{i}"))],
            Id(root, "id"),
            Id(root, "alarmId"));
    }

    private static Evidence ReadItem(JsonElement item, string place)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(place, item, "an object");
        }

        var channel = Required(item, "channel", place);
        var role = Required(item, "role", place);
        if (!ChannelRoles.All.Contains(role))
        {
            throw new FormatException($"{place}/role: found \"{role}\", allowed: {string.Join(", ", ChannelRoles.All)}");
        }

        var trend = Text(item, "trend", place, "steady")!;
        var statistic = Text(item, "statistic", place, Statistics.Mean)!;
        if (!Statistics.All.Contains(statistic))
        {
            throw new FormatException($"{place}/statistic: found \"{statistic}\", allowed: {string.Join(", ", Statistics.All)}");
        }

        return Trends.Contains(trend)
            ? new Evidence(
                channel, role, Text(item, "unit", place, "")!, statistic,
                Number(item, "value", place), Number(item, "baseline", place), Number(item, "deviationSigma", place), trend,
                Onset(item, place))
            : throw new FormatException($"{place}/trend: found \"{trend}\", allowed: {string.Join(", ", Trends)}");
    }

    private static string Required(JsonElement owner, string name, string place) =>
        Text(owner, name, place, null) is { Length: > 0 } text
            ? text
            : throw new FormatException($"{place}/{name}: found nothing, allowed: a text");

    private static string? Text(JsonElement owner, string name, string place, string? absent) =>
        !owner.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? absent
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong($"{place}/{name}", value, "a text");

    private static double Number(JsonElement owner, string name, string place) =>
        !owner.TryGetProperty(name, out var value) ? throw new FormatException($"{place}/{name}: found nothing, allowed: a number")
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Wrong($"{place}/{name}", value, "a number");

    private static int? Onset(JsonElement owner, string place) =>
        !owner.TryGetProperty("onset", out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) && seconds >= 0 ? seconds
        : throw Wrong($"{place}/onset", value, "whole seconds from 0, or null");

    private static Guid Id(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id)
            ? id
            : Guid.Empty;

    private static FormatException Wrong(string place, JsonElement found, string allowed)
    {
        var text = found.GetRawText().ReplaceLineEndings(" ");
        return new FormatException($"{place}: found {(text.Length > 40 ? text[..40] + "…" : text)}, allowed: {allowed}");
    }
}
