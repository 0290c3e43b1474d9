namespace EdgeAgent.Configuration;

/// <summary>Keeps an error on one line: keys, cells and file names may hold line feeds and terminal escapes.</summary>
internal static class OneLine
{
    public static string Of(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))
        : text;
}
