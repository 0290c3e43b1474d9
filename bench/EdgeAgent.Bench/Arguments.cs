using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Bench;

/// <summary>What a benchmark was asked for: <c>--key value</c> pairs.</summary>
internal sealed record Arguments(IReadOnlyDictionary<string, string> Values)
{
    public string? this[string key] => Values.GetValueOrDefault(key);

    /// <param name="allowed">The keys that the benchmark knows.</param>
    public static bool TryParse(
        string[] words, string[] allowed, [NotNullWhen(true)] out Arguments? arguments, [NotNullWhen(false)] out string? problem)
    {
        arguments = null;
        var values = new Dictionary<string, string>();
        for (var i = 0; i < words.Length; i += 2)
        {
            if (!allowed.Contains(words[i]) || i + 1 == words.Length)
            {
                problem = $"{words[i]}: found {(i + 1 == words.Length ? "no value" : "an unknown option")}, allowed: {string.Join(", ", allowed.DefaultIfEmpty("none"))}";
                return false;
            }

            values[words[i]] = words[i + 1];
        }

        problem = null;
        arguments = new Arguments(values);
        return true;
    }

    public int Rounds(int otherwise) => Number("--rounds", otherwise);

    public int Number(string key, int otherwise) => int.TryParse(this[key], out var number) && number > 0 ? number : otherwise;
}
