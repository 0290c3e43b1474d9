namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>The last two words of a text, as far as they announce what a number will be. A value, like the state it is in.</summary>
internal struct LastWords
{
    private ulong _word;
    private ulong _before;
    private bool _isInWord;
    private bool _hasBegun;

    /// <summary>
    /// "to" and "normal" announce; "minus" between them and the number changes nothing, other words do. What "began" did so
    /// at an onset.
    /// </summary>
    public readonly NumberUse Announce => _hasBegun ? NumberUse.Onset : UseOf(_word == Packed("minus"u8) ? _before : _word);

    public void Add(byte value)
    {
        if (!char.IsAsciiLetter((char)value))
        {
            // Behind anything but a space, a word announces no more: "normal, 12 s before". But "first, 12 s before".
            _hasBegun = value != (byte)'.' && (_hasBegun || _word == Packed("began"u8) || _word == Packed("first"u8));
            (_isInWord, _word) = (false, value == (byte)' ' ? _word : 0);
            return;
        }

        if (!_isInWord)
        {
            (_isInWord, _before, _word) = (true, _word, 0);
        }

        _word = (_word << 8) | value;
    }

    private static NumberUse UseOf(ulong word) =>
        word == Packed("to"u8) ? NumberUse.Value : word == Packed("normal"u8) ? NumberUse.Normal : NumberUse.Any;

    private static ulong Packed(ReadOnlySpan<byte> word)
    {
        var packed = 0UL;
        foreach (var letter in word)
        {
            packed = (packed << 8) | letter;
        }

        return packed;
    }
}
