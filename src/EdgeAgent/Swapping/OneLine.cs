namespace EdgeAgent.Swapping;

/// <summary>An exception as a reason.</summary>
internal static class OneLine
{
    private const int Longest = 200;

    public static string Of(Exception e)
    {
        var text = e.Message.ReplaceLineEndings(" ");
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
