using System.Globalization;

namespace EdgeAgent.Sensors.Csv;

/// <summary>Reads the time of a row: ISO 8601 and its usual variants, or Unix time. Without a zone it is taken as UTC.</summary>
internal static class CsvTime
{
    // Formats whose day and month cannot be mistaken for each other.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss,FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss,FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd",
        "yyyy/MM/dd HH:mm:ss.FFFFFFF", "dd.MM.yyyy HH:mm:ss.FFFFFFF", "dd.MM.yyyy HH:mm",
    ];

    /// <summary>Years 0001 to 9999 in seconds, milliseconds, microseconds and nanoseconds: above one limit the next unit begins.</summary>
    private const double FirstMillisecond = 1e11;
    private const double FirstMicrosecond = 1e14;
    private const double FirstNanosecond = 1e17;

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            var seconds = number < FirstMillisecond ? number
                : number < FirstMicrosecond ? number / 1e3
                : number < FirstNanosecond ? number / 1e6
                : number / 1e9;
            time = default;
            if (seconds >= FirstMillisecond)
            {
                return false;
            }

            time = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
            return true;
        }

        Span<char> shortened = stackalloc char[40];
        return DateTimeOffset.TryParseExact(
            Shorten(text, shortened), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    /// <summary>Drops the digits after a tenth of a microsecond, which .NET does not read.</summary>
    private static ReadOnlySpan<char> Shorten(ReadOnlySpan<char> text, Span<char> room)
    {
        const int MostDigits = 7;
        var point = text.LastIndexOfAny('.', ',');
        if (point < 0 || text.Length > room.Length)
        {
            return text;
        }

        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        if (end - point - 1 <= MostDigits)
        {
            return text;
        }

        var kept = point + 1 + MostDigits;
        text[..kept].CopyTo(room);
        text[end..].CopyTo(room[kept..]);
        return room[..(kept + text.Length - end)];
    }
}
