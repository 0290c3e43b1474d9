namespace EdgeAgent.Inference.Language.Decoding;

/// <summary>Why a text ended.</summary>
public enum GenerationEnd
{
    /// <summary>The constraint was fulfilled.</summary>
    Complete,

    /// <summary>The model wrote a stop token.</summary>
    Stop,

    /// <summary>The token budget or the context is used up.</summary>
    Budget,

    /// <summary>The time budget is used up.</summary>
    Deadline,

    /// <summary>No token of the vocabulary may follow.</summary>
    NothingAllowed,

    /// <summary>The model's logits are not numbers.</summary>
    BadLogits,
}
