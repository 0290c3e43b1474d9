namespace EdgeAgent.Core.ModelPackages.Acceptance;

/// <summary>The highest sequence of a name that this device has taken, and the key that vouched for it.</summary>
public sealed record AcceptedSequence(long Sequence, string KeyId);
