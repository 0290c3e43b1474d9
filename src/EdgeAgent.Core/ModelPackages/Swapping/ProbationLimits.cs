namespace EdgeAgent.Core.ModelPackages.Swapping;

/// <summary>What a model must not do in the time after it was taken into use.</summary>
/// <param name="For">How long, by the time of the readings; zero = not at all.</param>
/// <param name="AlarmsPerHour">More raises than this within an hour are a storm.</param>
public sealed record ProbationLimits(TimeSpan For, int AlarmsPerHour);
