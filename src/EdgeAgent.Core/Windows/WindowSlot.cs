namespace EdgeAgent.Core.Windows;

/// <summary>One channel of a model's window tensor, as its package declares it.</summary>
/// <param name="Role">The role that a device's channel must have to fill it.</param>
/// <param name="Unit">The unit that the values must have.</param>
/// <param name="Required">Without it there is no valid window; otherwise the model is told of its absence.</param>
public sealed record WindowSlot(string Role, string Unit, bool Required);
