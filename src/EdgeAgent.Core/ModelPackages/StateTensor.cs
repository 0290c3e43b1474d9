namespace EdgeAgent.Core.ModelPackages;

/// <summary>A state that the agent carries from one run to the next.</summary>
/// <param name="Initial">"zeros", or the baseline tensor that it starts from.</param>
public sealed record StateTensor(string Input, string Output, IReadOnlyList<long> Shape, string Initial)
{
    public const string Zeros = "zeros";
}
