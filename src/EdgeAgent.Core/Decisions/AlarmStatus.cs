namespace EdgeAgent.Core.Decisions;

/// <summary>Where an alarm stands in its life cycle (ISA-18.2).</summary>
public sealed record AlarmStatus(bool Active, bool Acknowledged, bool Latched, DateTimeOffset? ShelvedUntil);
