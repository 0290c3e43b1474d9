using System.Globalization;

namespace EdgeAgent.Configuration;

/// <summary>JSON pointers (RFC 6901) as text.</summary>
internal static class JsonPlace
{
    public static string Below(string pointer, string key) =>
        $"{pointer}/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Below(string pointer, int index) => $"{pointer}/{index.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>True when the two are the same place, or one lies inside the other.</summary>
    public static bool Overlap(string a, string b) => IsWithin(a, b) || IsWithin(b, a);

    public static bool IsWithin(string place, string outer) =>
        place.StartsWith(outer, StringComparison.Ordinal) && (place.Length == outer.Length || place[outer.Length] == '/');
}
