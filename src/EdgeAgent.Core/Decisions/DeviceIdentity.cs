namespace EdgeAgent.Core.Decisions;

/// <summary>Who decides: the parts of a decision that stay the same while the agent runs.</summary>
public sealed record DeviceIdentity(string Site, string Device, string Machine, string BootId);
