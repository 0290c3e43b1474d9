namespace EdgeAgent.Sensors.Csv;

/// <summary>The fields of one line (RFC 4180 within a line), found without copying them.</summary>
internal sealed class CsvFields(char delimiter)
{
    private readonly List<Range> _ranges = [];
    private string _line = "";

    public int Count => _ranges.Count;

    /// <summary>A field without the quotes around it and without spaces at its ends; doubled quotes stay doubled.</summary>
    public ReadOnlySpan<char> this[int field] => _line.AsSpan()[_ranges[field]].Trim();

    /// <returns>False when a quoted field does not end, or goes on after its end.</returns>
    public bool Split(string line)
    {
        _line = line;
        _ranges.Clear();
        for (var at = 0; ;)
        {
            var start = at;
            while (start < line.Length && line[start] == ' ' && delimiter != ' ')
            {
                start++;
            }

            var quoted = start < line.Length && line[start] == '"';
            var end = quoted ? ClosingQuote(line, start + 1) : Next(line, at);
            if (end < 0)
            {
                return false;
            }

            _ranges.Add(quoted ? (start + 1)..end : at..end);
            var stop = quoted ? Next(line, end + 1) : end;
            if (quoted && !line.AsSpan(end + 1, stop - end - 1).IsWhiteSpace())
            {
                return false;
            }

            if (stop >= line.Length)
            {
                return true;
            }

            at = stop + 1;
        }
    }

    private int Next(string line, int from)
    {
        var found = line.IndexOf(delimiter, from);
        return found < 0 ? line.Length : found;
    }

    private static int ClosingQuote(string line, int from)
    {
        for (var at = line.IndexOf('"', from); at >= 0; at = line.IndexOf('"', at + 2))
        {
            if (at + 1 >= line.Length || line[at + 1] != '"')
            {
                return at;
            }
        }

        return -1;
    }
}
