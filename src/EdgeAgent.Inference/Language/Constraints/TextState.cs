namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>
/// Where a text of an answer stands after some bytes. A value: trying bytes on a copy leaves the original as it was.
/// <code>
///   plain ──`──▶ channel ──`──▶ plain          27 ──'.'──▶ 27. ──digit──▶ 27.1
///   channel ──`, space──▶ statistic, where the channel has several
///   plain ──digit──▶ number ──other──▶ behind a number, where "s" would claim a time
/// </code>
/// </summary>
internal struct TextState(int maxLength)
{
    private TextPlace _place = TextPlace.Plain;
    private int _node;
    private int _left = maxLength;
    private int _lastChannel = ByteTrie.None;
    private int _lastStatistic = ByteTrie.None;
    private LastWords _words;
    private NumberUse _use;
    private bool _isBehindOnset;
    private bool _hasWordBegun;
    private bool _isBehindPoint;
    private bool _isBehindWord;
    private bool _hasInk;

    /// <summary>Whether the closing quote may come now.</summary>
    public readonly bool CanEnd(TextRules rules) => LengthToEnd(rules) == 0;

    /// <summary>Moves on by one byte of UTF-8. False if no grounded text goes on like this; the state is then useless.</summary>
    public bool TryAdd(byte value, TextRules rules)
    {
        // .NET counts UTF-16 units: none for the bytes inside a character, two for one beyond the basic plane.
        _left -= (value & 0xC0) == 0x80 ? 0 : value >= 0xF0 ? 2 : 1;
        _hasInk |= value > (byte)' ';
        if (_place is not TextPlace.Number and not TextPlace.NumberOrSentence && char.IsAsciiDigit((char)value))
        {
            _use = _words.Announce;
        }

        _words.Add(value);
        return TryMove(value, rules) && LengthToEnd(rules) <= _left;
    }

    /// <summary>How much has to be written, at least, before the text can end.</summary>
    private readonly int LengthToEnd(TextRules rules) => _place switch
    {
        TextPlace.Channel => rules.Channels.BytesToEnd(_node) + 1,
        TextPlace.Letter => rules.Letters.BytesToEnd(_node),
        TextPlace.Number => Numbers(rules).Trie.BytesToEnd(_node),
        TextPlace.BehindNumber => IsTimeWord(rules) ? 1 : 0,
        TextPlace.Statistic => rules.StatisticsOf(_lastChannel).BytesToEnd(_node),
        TextPlace.WordWithS => rules.AfterNumberWithS.BytesToEnd(_node),
        _ => _hasInk ? 0 : 1,
    };

    private bool TryMove(byte value, TextRules rules)
    {
        switch (_place)
        {
            case TextPlace.Channel:
                if (value == (byte)'`')
                {
                    (_place, _lastChannel, _lastStatistic) = (TextPlace.BehindChannel, rules.Channels.WordAt(_node), ByteTrie.None);
                    return _lastChannel != ByteTrie.None;
                }

                return (_node = rules.Channels.Next(_node, value)) != ByteTrie.None;
            case TextPlace.Letter:
                _node = rules.Letters.Next(_node, value);
                if (_node != ByteTrie.None && rules.Letters.IsWord(_node))
                {
                    BecomePlain();
                    _isBehindWord = true;
                }

                return _node != ByteTrie.None;
            case TextPlace.Number:
                return TryMoveFromNumber(value, rules);
            case TextPlace.NumberOrSentence when char.IsAsciiDigit((char)value):
                _place = TextPlace.Number;
                return (_node = Numbers(rules).Trie.Next(_node, value)) != ByteTrie.None;
            case TextPlace.NumberOrSentence:
                BecomePlain();
                _isBehindPoint = true;
                return TryMoveFromPlain(value, rules);
            case TextPlace.BehindNumber:
                return TryMoveBehindNumber(value, rules);
            case TextPlace.WordWithS when char.IsAsciiLetter((char)value):
                return (_node = rules.AfterNumberWithS.Next(_node, value)) != ByteTrie.None;
            case TextPlace.WordWithS:
                var isWord = rules.AfterNumberWithS.IsWord(_node) && value != (byte)'`';
                BecomePlain();
                return isWord && TryMoveFromPlain(value, rules);
            case TextPlace.BehindChannel when value == (byte)' ' && !rules.StatisticsOf(_lastChannel).IsEmpty:
                (_place, _node) = (TextPlace.Statistic, ByteTrie.Root);
                return true;
            case TextPlace.Statistic:
                return TryMoveInStatistic(value, rules);
            case TextPlace.BehindChannel:
                BecomePlain();
                return !IsOfWord(value) && value != (byte)'`' && TryMoveFromPlain(value, rules);
            default:
                return TryMoveFromPlain(value, rules);
        }
    }

    private bool TryMoveInStatistic(byte value, TextRules rules)
    {
        var statistics = rules.StatisticsOf(_lastChannel);
        var next = statistics.Next(_node, value);
        if (next != ByteTrie.None)
        {
            _node = next;
            return true;
        }

        _lastStatistic = statistics.WordAt(_node);
        BecomePlain();
        return _lastStatistic != ByteTrie.None && !IsOfWord(value) && value != (byte)'`' && TryMoveFromPlain(value, rules);
    }

    private bool TryMoveFromPlain(byte value, TextRules rules)
    {
        var (isBehindPoint, isBehindWord) = (_isBehindPoint, _isBehindWord);
        (_isBehindPoint, _isBehindWord) = (value is (byte)'.' or (byte)',', IsOfWord(value));
        if (value == (byte)'`')
        {
            (_place, _node) = (TextPlace.Channel, ByteTrie.Root);
            return !isBehindWord && !isBehindPoint && !rules.Channels.IsEmpty;
        }

        if (char.IsAsciiDigit((char)value))
        {
            // ".5" would be read as a half, and "27,5" as a number with a decimal comma.
            (_place, _node) = (TextPlace.Number, Numbers(rules).Trie.Next(ByteTrie.Root, value));
            return !isBehindPoint && _node != ByteTrie.None;
        }

        if (value >= 0x80)
        {
            (_place, _node) = (TextPlace.Letter, rules.Letters.Next(ByteTrie.Root, value));
            return _node != ByteTrie.None;
        }

        _place = TextPlace.Plain;
        return TextRules.IsPlainAscii(value);
    }

    private bool TryMoveFromNumber(byte value, TextRules rules)
    {
        var isNumber = Numbers(rules).Trie.IsWord(_node);
        var next = Numbers(rules).Trie.Next(_node, value);
        if (next != ByteTrie.None)
        {
            (_place, _node) = (isNumber && value == (byte)'.' ? TextPlace.NumberOrSentence : TextPlace.Number, next);
            return true;
        }

        if (!isNumber || char.IsAsciiDigit((char)value))
        {
            return false;
        }

        _isBehindOnset = Numbers(rules).IsOnset(_node);
        (_place, _node, _hasWordBegun) = (TextPlace.BehindNumber, ByteTrie.Root, false);
        return TryMoveBehindNumber(value, rules);
    }

    private bool TryMoveBehindNumber(byte value, TextRules rules)
    {
        if (value == (byte)'s' && !_isBehindOnset && !_hasWordBegun)
        {
            (_place, _node) = (TextPlace.WordWithS, rules.AfterNumberWithS.Next(ByteTrie.Root, value));
            return true;
        }

        if (char.IsAsciiLetter((char)value))
        {
            _hasWordBegun = true;
            _node = Times(rules).Next(_node, value);
            if (_node == ByteTrie.None)
            {
                BecomePlain();
                _isBehindWord = true;
            }

            return true;
        }

        if (!_hasWordBegun && Core.Diagnosis.TimeWords.IsGap((char)value))
        {
            return true;
        }

        // "27 `h`" would become a time when the backticks go.
        var isBarred = IsTimeWord(rules) || value == (byte)'`';
        BecomePlain();
        return !isBarred && TryMoveFromPlain(value, rules);
    }

    private readonly NumberRules Numbers(TextRules rules) => rules.NumbersAfter(_lastChannel, _lastStatistic, _use);

    private readonly ByteTrie Times(TextRules rules) => _isBehindOnset ? rules.TimesAfterOnset : rules.TimesAfterNumber;

    private readonly bool IsTimeWord(TextRules rules) => _hasWordBegun && Times(rules).IsWord(_node);

    private static bool IsOfWord(byte value) => value >= 0x80 || char.IsAsciiLetterOrDigit((char)value);

    private void BecomePlain() => (_place, _isBehindPoint, _isBehindWord) = (TextPlace.Plain, false, false);
}
