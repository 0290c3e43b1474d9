using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeAgent.Core.Sampling;

/// <summary>
/// How one channel's number lies in a sample of an IIO buffer, as the kernel says in <c>scan_elements/*_type</c>:
/// <code>
///  le:s12/16>>4     little end first, signed, 12 bits of the 16 that are stored, above 4 others
///  be:u24/32X2>>8   big end first, unsigned, 24 of 32 bits, two such numbers, above 8 others
/// </code>
/// </summary>
/// <param name="Repeat">How many numbers of this kind follow one another.</param>
public sealed partial record ScanElement(bool IsBigEndian, bool IsSigned, int Bits, int StorageBits, int Shift, int Repeat)
{
    private const int MostBits = 64;

    /// <summary>Bytes that it takes in a sample.</summary>
    public int Bytes => StorageBits / 8 * Repeat;

    public static bool TryParse(string type, [NotNullWhen(true)] out ScanElement? element)
    {
        element = null;
        var parts = Type().Match(type);
        if (!parts.Success)
        {
            return false;
        }

        int Number(string name, int otherwise) =>
            parts.Groups[name] is { Success: true, Value: var text } ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

        var made = new ScanElement(
            parts.Groups["end"].Value == "be",
            parts.Groups["sign"].Value is "s" or "S",
            Number("bits", 0),
            Number("storage", 0),
            Number("shift", 0),
            Number("repeat", 1));
        if (made.StorageBits is not (8 or 16 or 32 or MostBits) || made.Bits < 1 || made.Bits + made.Shift > made.StorageBits || made.Repeat < 1)
        {
            return false;
        }

        element = made;
        return true;
    }

    /// <summary>The first of its numbers.</summary>
    /// <param name="data">From the element's place in the sample on.</param>
    public long Decode(ReadOnlySpan<byte> data)
    {
        var bytes = StorageBits / 8;
        ulong number = 0;
        for (var i = 0; i < bytes; i++)
        {
            number = (number << 8) | data[IsBigEndian ? i : bytes - 1 - i];
        }

        var top = number >> Shift << (MostBits - Bits);
        return IsSigned ? (long)top >> (MostBits - Bits) : (long)(top >> (MostBits - Bits));
    }

    [GeneratedRegex("^(?<end>[bl]e):(?<sign>[suSU])(?<bits>[0-9]{1,2})/(?<storage>[0-9]{1,2})(?:X(?<repeat>[0-9]{1,2}))?(?:>>(?<shift>[0-9]{1,2}))?$")]
    private static partial Regex Type();
}
