using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>What a language model said. Nothing in it is trusted before <see cref="DiagnosisComposer"/> checked it.</summary>
/// <param name="Text">The answer's line of JSON.</param>
/// <param name="Confidence">The model's probability of the fault that it chose.</param>
/// <param name="Alternatives">The probabilities of the other faults.</param>
/// <param name="Model">Which model it was.</param>
public sealed record ModelAnswer(
    string Text, double Confidence, IReadOnlyList<FaultAlternative> Alternatives, ModelIdentity Model);
