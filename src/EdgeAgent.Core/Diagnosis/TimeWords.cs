namespace EdgeAgent.Core.Diagnosis;

/// <summary>
/// The words that make a number before them a time. Evidence has one kind of time, an onset in whole seconds, so no
/// other number may stand before "s", and none before "minutes". A unit of the machine's own, such as a counter in h, is
/// no time word for that machine.
/// </summary>
public sealed class TimeWords
{
    private static readonly string[] Seconds = ["s", "sec", "secs", "second", "seconds"];
    private static readonly string[] Others = ["ms", "min", "mins", "minute", "minutes", "h", "hour", "hours", "day", "days"];

    private readonly HashSet<string> _seconds;
    private readonly HashSet<string> _others;

    public TimeWords(IEnumerable<string> units)
    {
        var own = units.Select(unit => new string([.. unit.TakeWhile(char.IsAsciiLetter)])).ToList();
        _seconds = [.. Seconds.Except(own)];
        _others = [.. Others.Except(own)];
    }

    /// <summary>Every word that can be a time's unit, on whatever machine.</summary>
    public static IEnumerable<string> All => Seconds.Concat(Others);

    /// <summary>Between a number and its unit or time word.</summary>
    public static bool IsGap(char letter) => letter is ' ' or '-';

    /// <summary>Whether a number before this word claims a time that the evidence does not give.</summary>
    public bool Forbid(string word, bool isOnset) => (!isOnset && _seconds.Contains(word)) || _others.Contains(word);
}
