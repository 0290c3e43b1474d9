namespace EdgeAgent.Core.ModelPackages.Swapping;

/// <summary>How a candidate is measured against the model in use.</summary>
/// <param name="For">How long the two go side by side, by the time of the readings; zero = the candidate is taken as soon as it can score.</param>
/// <param name="Windows">Fewest windows that must have been compared; a machine that stands still compares none.</param>
/// <param name="MostDisagreement">Highest share of windows in which one of them is above its threshold and the other is not.</param>
/// <param name="MostExtraAlarms">How much larger the candidate's share of windows with a standing alarm may be.</param>
/// <param name="MostLatency">Highest 95th percentile of the candidate's scoring time, as a share of the time between two windows.</param>
public sealed record ShadowLimits(TimeSpan For, int Windows, double MostDisagreement, double MostExtraAlarms, double MostLatency);
