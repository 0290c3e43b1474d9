using System.Globalization;

namespace EdgeAgent.Sensors.Csv;

/// <summary>Reads the number in a cell.</summary>
internal static class CsvNumber
{
    /// <param name="delimiter">Where it is not a comma, a comma in the cell is a decimal comma.</param>
    /// <returns>NaN where the cell holds no finite number.</returns>
    public static float Parse(ReadOnlySpan<char> cell, char delimiter)
    {
        if (!float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && !(delimiter != ',' && TryParseDecimalComma(cell, out value)))
        {
            return float.NaN;
        }

        return float.IsFinite(value) ? value : float.NaN;
    }

    private static bool TryParseDecimalComma(ReadOnlySpan<char> cell, out float value)
    {
        value = float.NaN;
        Span<char> copy = stackalloc char[64];
        if (cell.Length > copy.Length || cell.Count(',') != 1 || cell.Contains('.'))
        {
            return false;
        }

        cell.CopyTo(copy);
        copy[cell.IndexOf(',')] = '.';
        return float.TryParse(copy[..cell.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
