using System.Globalization;

namespace EdgeAgent.Bench;

/// <summary>Prints what was measured as min, median and max of its rounds.</summary>
internal static class Spread
{
    public static void Print(string name, IEnumerable<double> rounds, string unit)
    {
        var sorted = rounds.Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-52} {sorted[0],12:0.###} {sorted[sorted.Length / 2],12:0.###} {sorted[^1],12:0.###}  {unit}"));
    }

    public static void Header() => Console.WriteLine($"{"",-52} {"min",12} {"median",12} {"max",12}");
}
