using System.Text;
using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>
/// What free text of an answer may hold, made from one prompt: its channels between backticks, its numbers, letters and
/// plain punctuation. Whatever keeps to these rules passes <see cref="GroundingCheck"/>, but for words that claim a wrong
/// direction: those the check finds afterwards. Immutable.
/// </summary>
internal sealed class TextRules
{
    private readonly NumberRules _anyNumber;
    private readonly IReadOnlyList<NumbersByUse> _numbersOfChannel;
    private readonly IReadOnlyList<ByteTrie> _statistics;
    private readonly IReadOnlyList<IReadOnlyList<NumbersByUse>> _numbersOfStatistic;

    public TextRules(EvidencePrompt prompt)
    {
        Channels = new ByteTrie(prompt.Channels.Where(CanBeWritten));
        _anyNumber = new NumberRules(prompt.Numbers, prompt.Items);
        var ofChannel = Channels.Words.Select(name => prompt.Items.Where(item => item.Item.Channel == name).ToList()).ToList();
        _numbersOfChannel = [.. ofChannel.Select(items => new NumbersByUse(items))];
        _statistics = [.. ofChannel.Select(items => new ByteTrie(
            items.Any(item => item.Item.Statistic == Statistics.Mean) ? [] : items.Select(WordsOf)))];
        _numbersOfStatistic = [.. ofChannel.Zip(_statistics, (items, trie) => trie.Words
            .Select(words => new NumbersByUse([.. items.Where(item => WordsOf(item) == words)])).ToList())];

        var units = prompt.Items.Select(item => item.Item.Unit).ToList();
        var times = new TimeWords(units);
        TimesAfterOnset = new ByteTrie(TimeWords.All.Where(word => times.Forbid(word, isOnset: true)));
        TimesAfterNumber = new ByteTrie(TimeWords.All.Where(word => times.Forbid(word, isOnset: false)));
        AfterNumberWithS = new ByteTrie(units.Select(unit => new string([.. unit.TakeWhile(char.IsAsciiLetter)]))
            .Where(word => word.StartsWith('s')).Append("sigma"));
        Letters = new ByteTrie(Enumerable.Range('À', 'ÿ' - 'À' + 1).Select(c => (char)c)
            .Concat(units.SelectMany(unit => unit))
            .Where(c => !char.IsAscii(c) && !char.IsSurrogate(c) && !char.IsControl(c) && !char.IsWhiteSpace(c))
            .Select(c => c.ToString()));
    }

    /// <summary>What may stand between backticks.</summary>
    public ByteTrie Channels { get; }

    /// <summary>Characters beyond ASCII: Latin letters and what the units need.</summary>
    public ByteTrie Letters { get; }

    /// <summary>Words that must not follow an onset.</summary>
    public ByteTrie TimesAfterOnset { get; }

    /// <summary>Words that must not follow any other number.</summary>
    public ByteTrie TimesAfterNumber { get; }

    /// <summary>
    /// Words with an s that may follow a number that is no onset. A model that has written "27.1 s" wants to go on with
    /// "before"; barred from that, it would make up a word.
    /// </summary>
    public ByteTrie AfterNumberWithS { get; }

    /// <summary>
    /// The numbers that may follow the mention of a channel are its own, so that no channel is told another's value; of a
    /// statistic, that statistic's; and of these the one that the words before it announce. Before any mention
    /// (<see cref="ByteTrie.None"/>), all of them.
    /// </summary>
    public NumberRules NumbersAfter(int channel, int statistic, NumberUse use) => channel == ByteTrie.None ? _anyNumber
        : (statistic == ByteTrie.None ? _numbersOfChannel[channel] : _numbersOfStatistic[channel][statistic]).For(use);

    /// <summary>
    /// The statistics of which one has to follow a channel's name and a space, in words. Empty where the channel has a
    /// mean: the mean is not named.
    /// </summary>
    public ByteTrie StatisticsOf(int channel) => _statistics[channel];

    public static bool IsPlainAscii(byte value) => value is >= 0x20 and <= 0x7E and not ((byte)'"' or (byte)'\\' or (byte)'`');

    private static string WordsOf(PrintedEvidence item) => Statistics.Words(item.Item.Statistic);

    /// <summary>
    /// A name that would need an escape cannot be written, and one of digits alone would read as a number without its
    /// backticks; the model then has to do without it.
    /// </summary>
    private static bool CanBeWritten(string name) =>
        (name.Any(char.IsLetter) || !name.Any(char.IsAsciiDigit))
        && !name.Any(c => c is '"' or '\\' or '`' || char.IsControl(c))
        && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)) == name;
}
