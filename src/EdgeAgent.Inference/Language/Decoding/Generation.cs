namespace EdgeAgent.Inference.Language.Decoding;

/// <summary>A text that a model wrote.</summary>
/// <param name="Tokens">Its tokens, without the stop token.</param>
/// <param name="PromptTokens">How many tokens were read before.</param>
/// <param name="ReadTime">For reading the prompt.</param>
/// <param name="WriteTime">For all tokens after that.</param>
public sealed record Generation(
    IReadOnlyList<int> Tokens,
    GenerationEnd End,
    int PromptTokens,
    TimeSpan ReadTime,
    TimeSpan WriteTime)
{
    /// <summary>Tokens written per second after the prompt was read; the first one came with the prompt.</summary>
    public double TokensPerSecond => WriteTime > TimeSpan.Zero ? Math.Max(0, Tokens.Count - 1) / WriteTime.TotalSeconds : 0;
}
