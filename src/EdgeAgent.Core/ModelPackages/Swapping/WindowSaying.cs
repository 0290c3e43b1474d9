namespace EdgeAgent.Core.ModelPackages.Swapping;

/// <summary>What a model says of one window.</summary>
/// <param name="Above">Its score is above its threshold.</param>
/// <param name="Alarm">Its alarm stands.</param>
public readonly record struct WindowSaying(bool Above, bool Alarm);
