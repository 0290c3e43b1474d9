namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>Lets the model write what it wants until it stops.</summary>
public sealed class AnyText : ITokenConstraint
{
    public bool IsComplete => false;

    public bool MayStop => true;

    public bool Allows(int token) => true;

    public void Accept(int token, ReadOnlySpan<float> logits)
    {
    }
}
