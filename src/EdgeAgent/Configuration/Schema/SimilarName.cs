namespace EdgeAgent.Configuration.Schema;

/// <summary>Finds the name that somebody meant.</summary>
internal static class SimilarName
{
    private const int LeastStart = 4;

    /// <returns>The only name that begins like that, or the nearest name by edits, if it is near enough to be a slip; otherwise null.</returns>
    public static string? Among(IReadOnlyCollection<string> names, string written)
    {
        var longer = names.Where(name => written.Length >= LeastStart && name.StartsWith(written, StringComparison.OrdinalIgnoreCase)).ToList();
        if (longer.Count == 1)
        {
            return longer[0];
        }

        var nearest = names
            .Select(name => (Name: name, Edits: Edits(name.ToUpperInvariant(), written.ToUpperInvariant())))
            .OrderBy(pair => pair.Edits)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Edits <= Math.Max(1, Math.Max(written.Length, nearest.Name.Length) / 3) ? nearest.Name : null;
    }

    /// <summary>Inserted, removed, replaced and swapped letters (optimal string alignment).</summary>
    private static int Edits(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                var replaced = edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replaced, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[a.Length, b.Length];
    }
}
