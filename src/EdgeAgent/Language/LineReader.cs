using System.Buffers;
using System.Text;

namespace EdgeAgent.Language;

/// <summary>Reads lines from a pipe whose other end may write anything: a line longer than the limit ends the reading.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int LongestLine = 1 << 20;

    private readonly byte[] _chunk = new byte[4096];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;

    /// <returns>The next line without its end; null when the stream has ended, broke, or gave too long a line.</returns>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        _line.ResetWrittenCount();
        while (true)
        {
            var newline = Array.IndexOf(_chunk, (byte)'\n', _start, _end - _start);
            var until = newline < 0 ? _end : newline;
            _line.Write(_chunk.AsSpan(_start, until - _start));
            _start = newline < 0 ? _end : newline + 1;
            if (newline >= 0)
            {
                return Encoding.UTF8.GetString(_line.WrittenSpan);
            }

            if (_line.WrittenCount > LongestLine || !await TryFillAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    private async Task<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        try
        {
            (_start, _end) = (0, await stream.ReadAsync(_chunk, cancellationToken).ConfigureAwait(false));
            return _end > 0;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _end = 0;
            return false;
        }
    }
}
