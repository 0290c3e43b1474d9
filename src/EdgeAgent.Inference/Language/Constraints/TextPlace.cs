namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>Where in a text of an answer the next byte will stand.</summary>
internal enum TextPlace
{
    Plain,
    Letter,
    Channel,
    Number,

    /// <summary>Behind "27." where both the end of a sentence and 27.1 are possible.</summary>
    NumberOrSentence,

    /// <summary>Behind a number: gaps, then a word that must not become a time.</summary>
    BehindNumber,

    /// <summary>Behind a number that is no onset: a word with s, which has to be one of a few.</summary>
    WordWithS,

    /// <summary>Right behind a channel. Backticks are taken out in the end, so nothing may grow onto its name.</summary>
    BehindChannel,

    /// <summary>Behind the space after a channel that has no mean: the words of one of its statistics.</summary>
    Statistic,
}
