using System.Globalization;

namespace EdgeAgent.Bench;

/// <summary>A recording of the benchmark as the comparison needs it: its lines, its channels, and its labels if it has them.</summary>
/// <param name="Lines">Without the header.</param>
/// <param name="Label">One per row; all false in a healthy recording.</param>
internal sealed record SkabFile(string Path, string Header, IReadOnlyList<string> Lines, IReadOnlyList<double[]> Rows, IReadOnlyList<bool> Label)
{
    private const string LabelColumn = "anomaly";

    private static readonly string[] Groups = ["valve1", "valve2", "other"];

    public static SkabFile Read(string path, IReadOnlyList<string> columns)
    {
        var text = File.ReadAllLines(path).Where(line => line.Length > 0).ToArray();
        var names = text[0].Split(';');
        var at = columns.Select(column => Array.IndexOf(names, column)).ToArray();
        var label = Array.IndexOf(names, LabelColumn);
        var cells = text.Skip(1).Select(line => line.Split(';')).ToArray();
        return new SkabFile(
            path,
            text[0],
            text[1..],
            [.. cells.Select(row => at.Select(i => double.Parse(row[i], CultureInfo.InvariantCulture)).ToArray())],
            [.. cells.Select(row => label >= 0 && double.Parse(row[label], CultureInfo.InvariantCulture) != 0)]);
    }

    /// <summary>The faulty recordings, in the benchmark's groups.</summary>
    public static IReadOnlyList<SkabFile> ReadFaulty(string folder, IReadOnlyList<string> columns) =>
        [.. Groups
            .SelectMany(group => Directory.GetFiles(System.IO.Path.Combine(folder, group), "*.csv").Order(StringComparer.Ordinal))
            .Select(path => Read(path, columns))];

    public SkabFile Slice(int from, int count) => new(
        Path, Header, [.. Lines.Skip(from).Take(count)], [.. Rows.Skip(from).Take(count)], [.. Label.Skip(from).Take(count)]);

    public void WriteTo(string path) => File.WriteAllLines(path, Lines.Prepend(Header));
}
