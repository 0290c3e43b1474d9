using System.Globalization;

namespace EdgeAgent.Commands;

/// <summary>Times on the command line: 90 or 90s, 30m, 2h.</summary>
internal static class Durations
{
    public const string Allowed = "seconds above 0, or a number with s, m or h, e.g. 30m";
    private const double Longest = 1e7;

    public static TimeSpan? Parse(string text)
    {
        var (number, factor) = text switch
        {
            [.., 's'] => (text[..^1], 1),
            [.., 'm'] => (text[..^1], 60),
            [.., 'h'] => (text[..^1], 3600),
            _ => (text, 1),
        };
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
            && count > 0 && count * factor <= Longest
                ? TimeSpan.FromSeconds(count * factor)
                : null;
    }
}
