namespace EdgeAgent.Core.Diagnosis;

/// <summary>A number as prose shows it: digits with at most one decimal point or comma, without sign.</summary>
internal readonly record struct ShownNumber(string Text, int Decimals)
{
    /// <summary>More decimals than this are no measurement.</summary>
    private const int MaxDecimals = 15;

    /// <summary>Reads the number whose first digit stands at <paramref name="at"/>, and moves behind it.</summary>
    public static ShownNumber Read(string text, ref int at)
    {
        var first = at;
        at = SkipDigits(text, at);
        if (first > 0 && IsPoint(text[first - 1]))
        {
            return new ShownNumber("0." + text[first..at], at - first);
        }

        var whole = text[first..at].TrimStart('0');
        whole = whole.Length == 0 ? "0" : whole;
        if (at + 1 >= text.Length || !IsPoint(text[at]) || !char.IsAsciiDigit(text[at + 1]))
        {
            return new ShownNumber(whole, 0);
        }

        first = at + 1;
        at = SkipDigits(text, first);
        return new ShownNumber($"{whole}.{text[first..at]}", at - first);
    }

    /// <summary>Whether the value, without its sign and rounded to the digits shown, is this number.</summary>
    public bool Shows(double value) =>
        Decimals <= MaxDecimals && double.IsFinite(value) && PrintedNumber.Format(Math.Abs(value), Decimals) == Text;

    private static bool IsPoint(char letter) => letter is '.' or ',';

    private static int SkipDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }
}
