using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>One system call as strace -xx prints it: <c>123 pwrite64(5, "\x61\x62", 2, 0) = 2</c>.</summary>
internal sealed partial class TraceLine
{
    private readonly List<string> _arguments;

    private TraceLine(string call, List<string> arguments, long result, bool injected)
    {
        Call = call;
        _arguments = arguments;
        Result = result;
        Injected = injected;
    }

    public string Call { get; }

    public long Result { get; }

    /// <summary>strace made the call fail on purpose.</summary>
    public bool Injected { get; }

    public int Count => _arguments.Count;

    /// <param name="text">Without the process's number.</param>
    /// <returns>null if it is no finished system call.</returns>
    public static TraceLine? TryParse(string text)
    {
        var open = text.IndexOf('(');
        var end = text.LastIndexOf(") = ", StringComparison.Ordinal);
        end = end < 0 ? text.LastIndexOf(")  ", StringComparison.Ordinal) : end;
        var equals = text.LastIndexOf("= ", StringComparison.Ordinal);
        if (open <= 0 || end < open || equals < end || !ResultText().IsMatch(text[(equals + 2)..]))
        {
            return null;
        }

        var result = long.Parse(ResultText().Match(text[(equals + 2)..]).Value, CultureInfo.InvariantCulture);
        return new TraceLine(text[..open], Split(text[(open + 1)..end]), result, text.EndsWith("(INJECTED)", StringComparison.Ordinal));
    }

    public string Text(int argument) => Encoding.UTF8.GetString(Bytes(argument));

    public byte[] Bytes(int argument)
    {
        var text = _arguments[argument].AsSpan();
        if (!text.StartsWith("\"") || text.EndsWith("..."))
        {
            throw new InvalidDataException($"{Call}: found {text[..Math.Min(40, text.Length)]}, allowed: a whole string in quotes");
        }

        text = text[1..text.LastIndexOf('"')];
        var bytes = new byte[text.Length / 4];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = byte.Parse(text.Slice((4 * i) + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return bytes;
    }

    public long Number(int argument) => long.Parse(_arguments[argument], CultureInfo.InvariantCulture);

    public bool Says(int argument, string flag) => _arguments[argument].Split('|').Contains(flag);

    /// <summary>Everything inside quotes is printed as \x.., so that a comma is a comma.</summary>
    private static List<string> Split(string arguments) => [.. arguments.Split(", ")];

    [GeneratedRegex(@"^-?\d+")]
    private static partial Regex ResultText();
}
