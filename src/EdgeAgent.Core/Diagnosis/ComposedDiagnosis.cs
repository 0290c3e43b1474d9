namespace EdgeAgent.Core.Diagnosis;

/// <summary>A diagnosis, and why the template wrote it if it did (for the log; null when the model wrote it).</summary>
public sealed record ComposedDiagnosis(Diagnosis Diagnosis, string? TemplateReason);
