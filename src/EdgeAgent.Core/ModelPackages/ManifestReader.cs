using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Core.ModelPackages;

/// <summary>Reads the bytes of a manifest.json. Does not throw on any input.</summary>
public static class ManifestReader
{
    private const string Where = "manifest.json";

    public static bool TryRead(
        ReadOnlySpan<byte> json,
        [NotNullWhen(true)] out ModelManifest? manifest,
        [NotNullWhen(false)] out PackageProblem? problem)
    {
        manifest = null;
        problem = null;
        try
        {
            if (HasNullInList(json))
            {
                problem = new PackageProblem(Where, "not a manifest: a list holds null");
                return false;
            }

            if (JsonSerializer.Deserialize(json, ManifestJson.Default.ManifestFormat) is { Format: not ModelManifest.CurrentFormat } other)
            {
                problem = new PackageProblem(Where, $"format is {other.Format}; this agent reads format {ModelManifest.CurrentFormat}");
                return false;
            }

            manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.ModelManifest);
        }
        catch (JsonException e)
        {
            problem = new PackageProblem(Where, $"not a manifest: {Told(e)}");
            return false;
        }

        var found = manifest is null ? "null; a JSON object is needed" : Fault(manifest);
        problem = found is null ? null : new PackageProblem(Where, found);
        return problem is null;
    }

    /// <summary>A list whose items are not null is read with nulls all the same.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    private static bool HasNullInList(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        var inList = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    inList.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    inList.Pop();
                    break;
                case JsonTokenType.Null when inList.TryPeek(out var list) && list:
                    return true;
            }
        }

        return false;
    }

    /// <summary>The place, and for a missing key its name, without the names of our types.</summary>
    private static string Told(JsonException e)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}{(e.Path is { } path ? $", {path}" : "")}");
        return e.Message.Contains("missing required properties", StringComparison.Ordinal) ? $"{place}: missing:{e.Message[e.Message.LastIndexOf(':')..].TrimStart(':').Replace("'", "\"", StringComparison.Ordinal).TrimEnd('.')}"
            : e.Message.StartsWith("Duplicate property", StringComparison.Ordinal) ? $"{place}: a key is there twice"
            : $"{place}: no JSON, or another type of value than belongs there";
    }

    private static string? Fault(ModelManifest m)
    {
        if (ManifestIdentity.Fault(m) is { } fault)
        {
            return fault;
        }

        return m.Kind switch
        {
            "anomaly" => m.Anomaly is { } anomaly ? AnomalyFault(anomaly) : "kind is anomaly, but the block \"anomaly\" is missing",
            "language" => m.Language is { } language ? LanguageFault(language) : "kind is language, but the block \"language\" is missing",
            _ => $"kind is \"{m.Kind}\"; allowed: anomaly, language",
        };
    }

    private static string? AnomalyFault(AnomalyContract a) =>
        a.Score is null || a.Fit is null || a.Inputs is not { Count: > 0 } || a.Score.States is null || a.Score.Baselines is null
            || a.Threshold is null || a.Alarm is null || a.Center is null || a.Sigma is null
            ? "anomaly needs inputs, score {…, states, baselines}, fit, threshold, alarm, center and sigma"
            : a.WindowSamples is < 1 or > 1_000_000 ? $"anomaly.windowSamples is {a.WindowSamples}; allowed: 1..1000000"
            : a.HopSamples < 1 || a.HopSamples > a.WindowSamples ? $"anomaly.hopSamples is {a.HopSamples}; allowed: 1..{a.WindowSamples}"
            : !(a.SampleRateHz > 0) ? $"anomaly.sampleRateHz is {a.SampleRateHz}; allowed: above 0"
            : a.SampleRateRangeHz is not (null or [> 0, _]) || a.SampleRateRangeHz?[0] > a.SampleRateRangeHz?[1]
            ? "anomaly.sampleRateRangeHz must be [lowest, highest], above 0"
            : !(a.Threshold.FalseAlarmRate is > 0 and < 0.2) ? $"anomaly.threshold.falseAlarmRate is {a.Threshold.FalseAlarmRate}; allowed: above 0, below 0.2"
            : !(a.Alarm.ClearBelow is > 0 and <= 1) ? $"anomaly.alarm.clearBelow is {a.Alarm.ClearBelow}; allowed: above 0, up to 1"
            : a.AllParameters.Select(parameter => ParameterFault(parameter, a.Inputs.Count)).FirstOrDefault(fault => fault is not null)
            ?? StatisticsFault(a);

    private static string? ParameterFault(GraphParameter parameter, int slots) =>
        !GraphParameter.Sources.Contains(parameter.Source)
            ? $"anomaly.parameters: source \"{parameter.Source}\"; allowed: {string.Join(", ", GraphParameter.Sources)}"
            : parameter.Shape?.SequenceEqual(GraphParameter.ShapeOf(parameter.Source, slots)) != true
            ? $"anomaly.parameters: {parameter.Name} has the shape [{string.Join(", ", parameter.Shape ?? [])}]; {parameter.Source} has [{string.Join(", ", GraphParameter.ShapeOf(parameter.Source, slots))}]"
            : null;

    private static string? StatisticsFault(AnomalyContract a)
    {
        if (a.Statistics is not { } statistics)
        {
            return null;
        }

        if (statistics.Names is not { Count: > 0 } || statistics.Output is null || statistics.Center is null || statistics.Sigma is null)
        {
            return "anomaly.statistics needs output, center, sigma and names";
        }

        var unknown = statistics.Names.FirstOrDefault(name => !EvidenceStatistics.IsKnown(name));
        return unknown is null ? null
            : $"anomaly.statistics: \"{unknown}\" is not in the evidence vocabulary: {string.Join(", ", EvidenceStatistics.All)}";
    }

    private static string? LanguageFault(LanguageContract l) =>
        l.Tokenizer is null || l.Config is null || l.Chat?.User is null || l.Chat.Assistant is null || l.Chat.System is null || l.Stop is null
            ? "language needs config, tokenizer, chat {system, user, assistant} and stop"
            : l.ContextTokens is < 16 or > 1_000_000 ? $"language.contextTokens is {l.ContextTokens}; allowed: 16..1000000"
            : l.MaxNewTokens < 1 || l.MaxNewTokens >= l.ContextTokens ? $"language.maxNewTokens is {l.MaxNewTokens}; allowed: 1..{l.ContextTokens - 1}"
            : null;
}
