namespace EdgeAgent.Core.Detection;

/// <summary>When a slow reference has left the calibration so far that somebody should know.</summary>
/// <param name="LimitSigma">Distance of the reference from the calibrated level, in its standard deviations.</param>
/// <param name="For">It must stay beyond the limit for so long.</param>
/// <param name="AcceptAfter">A drift that went on for so long without an alarm becomes the new normal; null = never by itself.</param>
public sealed record DriftLimits(double LimitSigma, TimeSpan For, TimeSpan? AcceptAfter);
