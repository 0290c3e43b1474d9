namespace EdgeAgent.Core.ModelPackages.Archives;

/// <summary>
/// Names that mean one file inside the package on every file system: letters, digits, dot, underscore and dash in segments
/// between single slashes. Nothing absolute, nothing above, no two spellings of one name.
/// </summary>
public static class EntryName
{
    public const int MostCharacters = 100;
    public const string Allowed = "letters, digits, '.', '_', '-' and single '/' between them, at most 100 characters, no segment of dots alone or that ends with one";

    public static bool IsSafe(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MostCharacters)
        {
            return false;
        }

        foreach (var range in name.Split('/'))
        {
            var segment = name[range];
            if (segment.IsEmpty || segment[^1] == '.' || segment.ContainsAnyExcept(Characters))
            {
                return false;
            }
        }

        return true;
    }

    private static readonly System.Buffers.SearchValues<char> Characters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
}
