namespace EdgeAgent.Core.Diagnosis;

/// <summary>A language model's answer, or in plain words why there is none. Exactly one of the two is set.</summary>
public sealed record ModelOutcome
{
    private ModelOutcome()
    {
    }

    public ModelAnswer? Answer { get; private init; }

    public string? Reason { get; private init; }

    public static ModelOutcome Answered(ModelAnswer answer) => new() { Answer = answer };

    public static ModelOutcome Failed(string reason) => new() { Reason = reason };
}
