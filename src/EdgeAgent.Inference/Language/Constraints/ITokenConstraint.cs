namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>What a decoder may write next. It is asked token by token, the most likely first.</summary>
public interface ITokenConstraint
{
    /// <summary>Whether the text is finished and nothing may follow.</summary>
    bool IsComplete { get; }

    /// <summary>Whether the text may end before it is complete, on a stop token.</summary>
    bool MayStop { get; }

    /// <summary>Whether the text may go on with this token.</summary>
    bool Allows(int token);

    /// <summary>Goes on with a token that is allowed.</summary>
    /// <param name="logits">What the token was chosen from; those of tokens that are not allowed may be overwritten.</param>
    void Accept(int token, ReadOnlySpan<float> logits);
}
