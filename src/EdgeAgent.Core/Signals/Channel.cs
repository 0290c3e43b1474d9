namespace EdgeAgent.Core.Signals;

/// <summary>One measured quantity of the machine, as the device config names it.</summary>
/// <param name="Name">What the technician calls it, unique in the device.</param>
/// <param name="Role">What it measures: one of <see cref="ChannelRoles"/>.</param>
/// <param name="Unit">The engineering unit of its values, e.g. <c>l/min</c>.</param>
public sealed record Channel(string Name, string Role, string Unit);
