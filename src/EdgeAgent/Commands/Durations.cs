using System.Globalization;

namespace EdgeAgent.Commands;

/// <summary>Times on the command line: 90s, 30m, 2h.</summary>
internal static class Durations
{
    public const string Allowed = "a number above 0 with s, m or h, e.g. 30m";
    private const double Longest = 1e7;

    public static TimeSpan? Parse(string text)
    {
        var factor = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        return factor > 0 && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
            && count > 0 && count * factor <= Longest
                ? TimeSpan.FromSeconds(count * factor)
                : null;
    }
}
