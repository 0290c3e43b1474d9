using System.Globalization;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>
/// How numbers of evidence are printed: fixed point, invariant, rounded half to even on the exact binary value. The model
/// was trained on numbers printed like this, and the grounding check compares with the same rounding.
/// </summary>
public static class PrintedNumber
{
    /// <summary>A double differs from a decimal tie within this many more digits, if it differs at all.</summary>
    private const int GuardDigits = 25;

    /// <summary>Beyond this every digit printed is a whole number's, and a decimal could overflow.</summary>
    private const double LargestRounded = 1e15;

    private const string Tie = "5000000000000000000000000";

    /// <summary>Digits after the point that show the difference of two levels with two significant digits.</summary>
    public static int Decimals(double value, double baseline)
    {
        var difference = Math.Max(Math.Abs(value - baseline), 1e-9);
        return Math.Clamp(1 - (int)Math.Floor(Math.Log10(difference)), 0, 4);
    }

    /// <summary>Prints a finite number; a zero has no sign.</summary>
    public static string Format(double number, int decimals)
    {
        var magnitude = Magnitude(Math.Abs(number), decimals);
        return number < 0 && magnitude.AsSpan().ContainsAnyInRange('1', '9') ? "-" + magnitude : magnitude;
    }

    /// <summary>A deviation with its sign: one decimal below 100 sigma, none from there up.</summary>
    public static string FormatSigma(double sigma)
    {
        var text = Format(sigma, Math.Abs(sigma) < 100 ? 1 : 0);
        return text.StartsWith('-') ? text : "+" + text;
    }

    private static string Magnitude(double magnitude, int decimals)
    {
        if (magnitude >= LargestRounded)
        {
            return magnitude.ToString("F" + Invariant(decimals), CultureInfo.InvariantCulture);
        }

        var exact = magnitude.ToString("F" + Invariant(decimals + GuardDigits), CultureInfo.InvariantCulture);
        var rounded = decimal.Parse(exact.AsSpan(0, exact.Length - GuardDigits).TrimEnd('.'), CultureInfo.InvariantCulture);
        var unit = new decimal(1, 0, 0, false, (byte)decimals);
        var aboveTie = string.CompareOrdinal(exact, exact.Length - GuardDigits, Tie, 0, GuardDigits);
        var isOdd = decimal.Truncate(rounded / unit) % 2 == 1;
        if (aboveTie > 0 || (aboveTie == 0 && isOdd))
        {
            rounded += unit;
        }

        return rounded.ToString("F" + Invariant(decimals), CultureInfo.InvariantCulture);
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
