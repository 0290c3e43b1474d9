namespace EdgeAgent.Core.Alarms;

/// <summary>Somebody wants something done about an alarm.</summary>
/// <param name="Who">A claim, recorded as such; null = it was not said.</param>
/// <param name="Time">How long to shelve; null for the others.</param>
/// <param name="Source">What the alarm was of, where the history knows it; needed only if its source has had another alarm since.</param>
public sealed record AlarmRequest(
    AlarmOperation Operation, Guid AlarmId, string? Who = null, string? Comment = null, TimeSpan? Time = null, AlarmSource? Source = null)
{
    public const int LongestWho = 100;
    public const int LongestComment = 500;

    /// <returns>What is wrong with it whatever the alarm is, or null.</returns>
    public string? Fault(TimeSpan longestShelf)
    {
        if (Operation == AlarmOperation.Shelve && !(Time > TimeSpan.Zero && Time <= longestShelf))
        {
            return $"for: found {(Time is { } time ? $"{time.TotalSeconds:0.###} s" : "nothing")}, allowed: above 0 and at most {longestShelf.TotalMinutes:0.###} min (alarms.shelve.maxMinutes)";
        }

        return FaultOf("who", Who, LongestWho) ?? FaultOf("comment", Comment, LongestComment);
    }

    // The text goes to other people's terminals and pages.
    private static string? FaultOf(string name, string? text, int longest) =>
        text is null || (text.Length <= longest && !text.Any(char.IsControl)) ? null
            : $"{name}: found {(text.Length > longest ? $"{text.Length} characters" : "a control character")}, allowed: at most {longest} printable characters";
}
