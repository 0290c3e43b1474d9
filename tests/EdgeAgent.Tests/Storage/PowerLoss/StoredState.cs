using System.Security.Cryptography;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>All that a store holds, as keys and short prints of what lies under them.</summary>
internal sealed record StoredState(SortedDictionary<string, string> Prints)
{
    public StoredState() : this([])
    {
    }

    public static string Print(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content)[..6]);

    public static StoredState Parse(string text)
    {
        var state = new StoredState();
        foreach (var pair in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            state.Prints.Add(pair[..equals], pair[(equals + 1)..]);
        }

        return state;
    }

    /// <summary>How this differs from a state that it should be; null if it does not.</summary>
    public string? DifferenceTo(StoredState other)
    {
        foreach (var (key, print) in other.Prints)
        {
            if (!Prints.TryGetValue(key, out var found) || found != print)
            {
                return $"{key} is {found ?? "missing"}, should be {print}";
            }
        }

        return Prints.Keys.FirstOrDefault(key => !other.Prints.ContainsKey(key)) is { } more ? $"{more} should not be there" : null;
    }

    /// <summary>
    /// What must be true in the middle of a step that is no single transaction: what both have is there, and nothing is there that
    /// neither has.
    /// </summary>
    public string? DifferenceToBetween(StoredState before, StoredState after)
    {
        foreach (var (key, print) in before.Prints)
        {
            if (after.Prints.TryGetValue(key, out var then) && !(Prints.TryGetValue(key, out var found) && (found == print || found == then)))
            {
                return $"{key} is {Prints.GetValueOrDefault(key) ?? "missing"}, should be {print} or {then}";
            }
        }

        foreach (var (key, print) in Prints)
        {
            if (before.Prints.GetValueOrDefault(key) != print && after.Prints.GetValueOrDefault(key) != print)
            {
                return $"{key} = {print} was never stored";
            }
        }

        return null;
    }

    public override string ToString() => string.Join(' ', Prints.Select(pair => $"{pair.Key}={pair.Value}"));
}
