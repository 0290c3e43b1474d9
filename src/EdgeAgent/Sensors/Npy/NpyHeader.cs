using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeAgent.Sensors.Npy;

/// <summary>
/// The header of a NumPy array file, versions 1 to 3 (NEP 1):
/// <code>
/// \x93NUMPY  major minor  header length (2 bytes, from version 2 on 4)  {'descr': '&lt;f4', 'fortran_order': False, 'shape': (n, c), }
/// </code>
/// </summary>
/// <param name="Rows">Samples.</param>
/// <param name="Columns">Channels.</param>
/// <param name="DataStart">Where the first value lies, in bytes.</param>
internal sealed partial record NpyHeader(long Rows, int Columns, long DataStart)
{
    private const string Allowed = "allowed: a .npy array of float32 (<f4) [samples, channels] in C order";
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header from the start of a stream. Does not throw on any content.</summary>
    public static (NpyHeader? Header, string? Problem) Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[12];
        var got = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (got < start.Length || !start[..6].SequenceEqual(Magic) || start[6] is < 1 or > 3)
        {
            return (null, $"found no NumPy header, {Allowed}");
        }

        var wide = start[6] >= 2;
        var length = wide ? BinaryPrimitives.ReadUInt32LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        var dataStart = (wide ? 12 : 10) + (long)length;
        if (length > 65_536)
        {
            return (null, $"found a header of {length} bytes, {Allowed}");
        }

        stream.Position = wide ? 12 : 10;
        var text = new byte[length];
        return stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length
            ? (null, "found a header that is cut off")
            : Parse(Encoding.Latin1.GetString(text), dataStart);
    }

    private static (NpyHeader? Header, string? Problem) Parse(string text, long dataStart)
    {
        var type = TypePattern().Match(text);
        var shape = ShapePattern().Match(text);
        if (!type.Success || !shape.Success || text.Contains("'fortran_order': True", StringComparison.Ordinal))
        {
            return (null, $"found {text.Trim()}, {Allowed}");
        }

        if (type.Groups[1].Value != "<f4")
        {
            return (null, $"found values of type {type.Groups[1].Value}, {Allowed}");
        }

        return long.TryParse(shape.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            && int.TryParse(shape.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
            && columns is > 0 and <= 1024 && rows <= long.MaxValue / 8192
            ? (new NpyHeader(rows, columns, dataStart), null)
            : (null, $"found the shape ({shape.Groups[1].Value}, {shape.Groups[2].Value}), {Allowed}");
    }

    [GeneratedRegex(@"'descr':\s*'([^']*)'", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'shape':\s*\(\s*(\d+)\s*,\s*(\d+)\s*,?\s*\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShapePattern();
}
