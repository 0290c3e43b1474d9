namespace EdgeAgent.Inference.Language.Tokenization;

/// <summary>
/// The printable letter that stands for each byte in a byte-level vocabulary: printable Latin-1 as itself, the other 68
/// bytes from U+0100 up in order (GPT-2's table).
/// </summary>
internal static class ByteLetters
{
    private static readonly char[] Letters = Build();

    private static readonly Dictionary<char, byte> Bytes =
        Letters.Select((letter, value) => (letter, value)).ToDictionary(pair => pair.letter, pair => (byte)pair.value);

    public static char Letter(byte value) => Letters[value];

    /// <summary>The bytes that a vocabulary entry stands for; null if one of its letters stands for no byte.</summary>
    public static byte[]? TryDecode(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (!Bytes.TryGetValue(token[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }

    private static char[] Build()
    {
        var letters = new char[256];
        var extra = 0x100;
        for (var value = 0; value < 256; value++)
        {
            var isPrintable = value is (>= 0x21 and <= 0x7E) or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            letters[value] = isPrintable ? (char)value : (char)extra++;
        }

        return letters;
    }
}
