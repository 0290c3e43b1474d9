using System.Globalization;
using System.Text.Json;

namespace EdgeAgent.Commanding;

/// <summary>Reads the arguments of a command; the first problem is kept and the rest is read as defaults.</summary>
internal sealed class ArgumentReader(JsonElement arguments)
{
    private const int LongestQuote = 60;
    private readonly List<string> _known = [];
    private string? _fault;

    /// <param name="otherwise">null: the argument must be there.</param>
    public int Whole(string name, int least, int most, int? otherwise)
    {
        if (!TryFind(name, out var value) && otherwise is { } usual)
        {
            return usual;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(name, value, string.Create(CultureInfo.InvariantCulture, $"a whole number {least}..{most}"));
        return least;
    }

    /// <summary>A name that must be there.</summary>
    public string OneOf(string name, IReadOnlyList<string> allowed)
    {
        if (TryFind(name, out var value) && value.ValueKind == JsonValueKind.String && allowed.Contains(value.GetString()))
        {
            return value.GetString()!;
        }

        Fault(name, value, string.Join(", ", allowed.Select(one => $"\"{one}\"")));
        return allowed[0];
    }

    /// <summary>An id that must be there.</summary>
    public Guid Id(string name)
    {
        if (TryFind(name, out var value) && value.ValueKind == JsonValueKind.String && Guid.TryParseExact(value.GetString(), "D", out var id))
        {
            return id;
        }

        Fault(name, value, "an id as decisions carry it");
        return Guid.Empty;
    }

    /// <summary>An id under one of two names: exactly one must be there.</summary>
    public Guid IdOfEither(string name, string other)
    {
        var (first, second) = (TryFind(name, out _), TryFind(other, out _));
        if (first != second)
        {
            return Id(first ? name : other);
        }

        _fault ??= $"/arguments: found {(first ? "both" : "neither")} of {name} and {other}, allowed: one";
        return Guid.Empty;
    }

    /// <summary>A text of one line, or null if it is not there.</summary>
    public string? Text(string name, int longest)
    {
        if (!TryFind(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= longest && !text.Any(char.IsControl))
        {
            return text;
        }

        Fault(name, value, string.Create(CultureInfo.InvariantCulture, $"text of at most {longest} printable characters"));
        return null;
    }

    /// <summary>Call last: a key that nobody asked for is a mistake too.</summary>
    public CommandProblem? Problem()
    {
        var unknown = arguments.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !_known.Contains(name));
        _fault ??= unknown is null ? null
            : $"unknown argument {Quote(unknown)}; known are {(_known.Count == 0 ? "none" : string.Join(", ", _known))}";
        return _fault is null ? null : new CommandProblem(CommandCodes.BadArguments, _fault);
    }

    /// <summary>A stranger's text, fit for one line.</summary>
    public static string Quote(string text) =>
        $"\"{string.Concat(text.Take(LongestQuote).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter))}\"";

    private bool TryFind(string name, out JsonElement value)
    {
        _known.Add(name);
        return arguments.TryGetProperty(name, out value);
    }

    private void Fault(string name, JsonElement value, string allowed)
    {
        var found = value.ValueKind switch
        {
            JsonValueKind.Undefined => "nothing",
            JsonValueKind.String => Quote(value.GetString()!),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => Quote(value.GetRawText()).Trim('"'),
            JsonValueKind.Array => "a list",
            _ => "an object",
        };
        _fault ??= $"/arguments/{name}: found {found}, allowed: {allowed}";
    }
}
