namespace EdgeAgent.Core.Diagnosis;

/// <summary>Another fault that the evidence leaves possible.</summary>
/// <param name="Fault">Its id.</param>
/// <param name="Confidence">Its share of the belief, between 0 and 1.</param>
public sealed record FaultAlternative(string Fault, double Confidence);
