namespace EdgeAgent.Core.Diagnosis;

/// <summary>The language model that wrote a diagnosis, the way decisions name their models.</summary>
public sealed record DiagnosisModel(string Name, string Version, string Sha256);
