namespace EdgeAgent.Core.Diagnosis;

/// <summary>
/// Whether a text says nothing about the machine that its evidence does not say: every number, every channel between
/// backticks and every time occurs there, and what is said to have risen or fallen did so. The signs of numbers are
/// ignored, because prose says "fell to" and "below".
/// </summary>
public sealed class GroundingCheck
{
    private readonly List<Evidence> _evidence;
    private readonly HashSet<string> _channels;
    private readonly HashSet<char> _ownLetters;
    private readonly TimeWords _timeWords;

    // Digits in these are not numbers. A bare name of digits alone is not here: it would hide numbers.
    private readonly string[] _namesWithDigits;
    private readonly string[] _unitsWithDigits;

    private readonly StatedDirections? _directions;

    public GroundingCheck(IEnumerable<Evidence> evidence)
        : this(evidence, withDirections: true)
    {
    }

    private GroundingCheck(IEnumerable<Evidence> evidence, bool withDirections)
    {
        _evidence = [.. evidence];
        _channels = [.. _evidence.Select(item => item.Channel)];
        _ownLetters = [.. _evidence.SelectMany(item => item.Unit + item.Channel)];
        _timeWords = new TimeWords(_evidence.Select(item => item.Unit));
        _namesWithDigits = WithDigits(_channels.Where(name => name.Any(char.IsLetter) && !name.Contains('`')));
        _unitsWithDigits = WithDigits(_evidence.Select(item => item.Unit));
        _directions = withDirections ? new StatedDirections(_evidence) : null;
    }

    /// <summary>A check that leaves words of direction alone, as does decoding, and parts of a text about some of the evidence.</summary>
    public static GroundingCheck OfNumbers(IEnumerable<Evidence> evidence) => new(evidence, withDirections: false);

    /// <summary>Null for a grounded text, otherwise what is wrong in it.</summary>
    public string? Problem(string text)
    {
        string? problem = null;
        for (var at = 0; at < text.Length && problem is null;)
        {
            if (text[at] == '`')
            {
                problem = ChannelProblem(text, ref at);
            }
            else if (NameAt(text, at, _namesWithDigits) is { } name)
            {
                at += name.Length;
            }
            else if (char.IsAsciiDigit(text[at]))
            {
                problem = NumberProblem(text, ref at);
            }
            else if (IsForeignNumber(text[at]) && !_ownLetters.Contains(text[at]))
            {
                problem = $"'{text[at]}' is a number that cannot be checked";
            }
            else
            {
                at++;
            }
        }

        return problem ?? _directions?.Problem(text);
    }

    private string? ChannelProblem(string text, ref int at)
    {
        var end = text.IndexOf('`', at + 1);
        if (end < 0)
        {
            return "a backtick is not closed";
        }

        var name = text[(at + 1)..end];
        at = end + 1;
        return _channels.Contains(name) ? null : $"the channel '{name}' is not in the evidence";
    }

    private string? NumberProblem(string text, ref int at)
    {
        var number = ShownNumber.Read(text, ref at);
        var behindGap = at;
        while (behindGap < text.Length && TimeWords.IsGap(text[behindGap]))
        {
            behindGap++;
        }

        at = NameAt(text, behindGap, _unitsWithDigits) is { } unit ? behindGap + unit.Length : at;
        var word = WordAt(text, behindGap);

        // A model that wanted a time and was barred from it while decoding may end like this.
        if (_directions is not null && word == "sigma" && WordAt(text, behindGap + word.Length + 1) is "s" or "seconds")
        {
            return $"'{number.Text} sigma s' is no time";
        }

        if (_timeWords.Forbid(word, _evidence.Any(item => item.Onset is { } onset && number.Shows(onset))))
        {
            return $"the time {number.Text} {word} is not in the evidence";
        }

        return _evidence.Any(item => IsNumberOf(item, number)) ? null : $"the number {number.Text} is not in the evidence";
    }

    private static string WordAt(string text, int at) => new([.. text.Skip(at).TakeWhile(char.IsAsciiLetter)]);

    /// <summary>Half signs, Arabic digits and the like: they read as numbers, but nothing here can compare them.</summary>
    private static bool IsForeignNumber(char letter) => !char.IsAscii(letter) && char.IsNumber(letter);

    private static bool IsNumberOf(Evidence item, ShownNumber number) =>
        number.Shows(item.Value) || number.Shows(item.Baseline) || number.Shows(item.DeviationSigma)
        || (item.Onset is { } onset && number.Shows(onset));

    /// <summary>The name that stands at this place as words of its own, the longest if there are several.</summary>
    private static string? NameAt(string text, int at, string[] names) => names.FirstOrDefault(name =>
        string.CompareOrdinal(text, at, name, 0, name.Length) == 0
        && (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(name[0]))
        && !GoesOn(text, at + name.Length));

    private static bool GoesOn(string text, int end) => end < text.Length
        && (char.IsLetterOrDigit(text[end])
            || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])));

    private static string[] WithDigits(IEnumerable<string> names) =>
        [.. names.Where(name => name.Any(char.IsAsciiDigit)).Distinct().OrderByDescending(name => name.Length)];
}
