using System.Text;

namespace EdgeAgent.Sensors.Csv;

/// <summary>
/// Reads a text line by line. One physical line is one row, whatever its quotes say, so a stray quote costs one row and
/// not the rest of the file. What exceeds the longest line is dropped, so a binary file cannot take all memory.
/// </summary>
internal sealed class CsvLineReader(TextReader text) : IDisposable
{
    private const int LongestLine = 1 << 20;
    private readonly char[] _buffer = new char[1 << 15];
    private readonly StringBuilder _carry = new();
    private int _next;
    private int _end;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Line { get; private set; }

    /// <returns>The next line without its end, or null at the end of the text.</returns>
    public string? ReadLine()
    {
        _carry.Clear();
        var any = false;
        while (_next < _end || Fill())
        {
            any = true;
            var rest = _buffer.AsSpan(_next, _end - _next);
            var newline = rest.IndexOf('\n');
            var taken = newline < 0 ? rest.Length : newline;
            _carry.Append(rest[..Math.Min(taken, LongestLine - _carry.Length)]);
            _next += newline < 0 ? taken : taken + 1;
            if (newline >= 0)
            {
                break;
            }
        }

        if (!any)
        {
            return null;
        }

        Line++;
        if (_carry.Length > 0 && _carry[^1] == '\r')
        {
            _carry.Length--;
        }

        return _carry.ToString();
    }

    /// <summary>The next line that holds more than spaces.</summary>
    public string? ReadFullLine()
    {
        string? line;
        do
        {
            line = ReadLine();
        }
        while (line is not null && string.IsNullOrWhiteSpace(line));
        return line;
    }

    public void Dispose() => text.Dispose();

    private bool Fill()
    {
        _next = 0;
        _end = text.Read(_buffer);
        return _end > 0;
    }
}
