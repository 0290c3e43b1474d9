using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Configuration;

namespace EdgeAgent.Sensors.Csv;

/// <summary>Where a recording keeps each channel.</summary>
/// <param name="Fields">How many fields a row has.</param>
/// <param name="Columns">For each channel of the device the index of its field.</param>
/// <param name="Time">The index of the time's field, or −1.</param>
internal sealed record CsvHeader(char Delimiter, int Fields, int[] Columns, int Time)
{
    // A header of one column has none of them; a semicolon leaves the comma free for decimals.
    private static readonly char[] Delimiters = [';', ',', '\t', '|'];
    private static readonly string[] TimeNames = ["datetime", "timestamp", "time", "date_time", "date"];

    /// <param name="line">The first line of the file.</param>
    /// <param name="what">What is wrong with it.</param>
    public static bool TryRead(
        string line,
        CsvFormat format,
        IReadOnlyList<ChannelOptions> channels,
        [NotNullWhen(true)] out CsvHeader? header,
        [NotNullWhen(false)] out string? what)
    {
        header = null;
        what = null;
        var delimiter = format.Delimiter ?? Detect(line, channels);
        var names = Names(line, delimiter);
        var columns = channels.Select(channel => IndexOf(names, ColumnOf(channel))).ToArray();
        var missing = channels.Where((_, i) => columns[i] < 0).Select(channel => $"\"{ColumnOf(channel)}\"").ToList();
        if (missing.Count > 0)
        {
            what = $"found no column {string.Join(", ", missing)}, only {Shown(names)}, "
                + $"allowed: a header with a column for each channel, separated by {Name(delimiter)}";
            return false;
        }

        var repeated = channels.Select(ColumnOf).FirstOrDefault(column => names.Count(name => name == column) > 1);
        if (repeated is not null)
        {
            what = $"found more than one column \"{repeated}\", allowed: one";
            return false;
        }

        var time = format.TimeColumn is { } named
            ? IndexOf(names, named)
            : names.FindIndex(name => TimeNames.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (format.TimeColumn is not null && time < 0)
        {
            what = $"found no column \"{format.TimeColumn}\" for the time, only {Shown(names)}";
            return false;
        }

        header = new CsvHeader(delimiter, names.Count, columns, columns.Contains(time) ? -1 : time);
        return true;
    }

    private static string ColumnOf(ChannelOptions channel) => channel.Column ?? channel.Name;

    /// <summary>The delimiter under which most channels are found; among equals the one that makes most fields.</summary>
    private static char Detect(string line, IReadOnlyList<ChannelOptions> channels) =>
        Delimiters.MaxBy(delimiter =>
        {
            var names = Names(line, delimiter);
            return (channels.Count(channel => IndexOf(names, ColumnOf(channel)) >= 0), names.Count);
        });

    private static List<string> Names(string line, char delimiter)
    {
        var fields = new CsvFields(delimiter);
        fields.Split(line);
        var names = new List<string>();
        for (var i = 0; i < fields.Count; i++)
        {
            names.Add(fields[i].ToString().Replace("\"\"", "\"", StringComparison.Ordinal));
        }

        return names;
    }

    /// <summary>Exactly as written, or else, where that is unambiguous, whatever the case.</summary>
    private static int IndexOf(List<string> names, string column)
    {
        var exact = names.IndexOf(column);
        return exact >= 0 || names.Count(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) > 1
            ? exact
            : names.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
    }

    private static string Shown(List<string> names)
    {
        const int Most = 20;
        var shown = names.Take(Most).Select(name => $"\"{(name.Length > 40 ? name[..40] + "…" : name)}\"");
        return string.Join(", ", shown) + (names.Count > Most ? $" and {names.Count - Most} more" : "");
    }

    private static string Name(char delimiter) => delimiter == '\t' ? "a tab" : $"\"{delimiter}\"";
}
