using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Inference.Language.Decoding;

namespace EdgeAgent.Inference.Language;

/// <summary>An answer as a model wrote it.</summary>
/// <param name="Text">One line of JSON if <see cref="Generation.End"/> is <see cref="GenerationEnd.Complete"/>, else cut short.</param>
/// <param name="Shares">The model's probability of each fault, most likely first.</param>
public sealed record DiagnosisGeneration(string Text, IReadOnlyList<FaultAlternative> Shares, Generation Generation);
