namespace EdgeAgent.Configuration.Schema;

/// <summary>Each key of the dictionary is a channel role, or a role and one of its statistics as in "vibration/bpfo".</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SignatureKeysAttribute : Attribute;
