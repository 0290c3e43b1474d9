using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.ModelPackages;

/// <summary>How the agent drives an anomaly package's graphs. The graphs own the maths.</summary>
/// <param name="SampleRateHz">The rate that the windows were made for.</param>
/// <param name="SampleRateRangeHz">[lowest, highest] for a model whose maths follow the device's rate; null = that one rate only.</param>
/// <param name="WindowSamples">Rows of a window.</param>
/// <param name="HopSamples">Rows from one window to the next.</param>
/// <param name="Inputs">The window's slots, in the order of its last axis.</param>
/// <param name="TimeConstants">The time constants inside the graph, for the reader.</param>
/// <param name="Center">The baseline tensor with each slot's normal level.</param>
/// <param name="Sigma">The baseline tensor with each slot's standard deviation.</param>
/// <param name="Parameters">Constant inputs that the device config fills; null if there are none.</param>
/// <param name="Statistics">What the graph measures for the evidence; null = the agent tells each channel's mean.</param>
/// <param name="Calibration">Which earlier versions' calibrations fit; null = none.</param>
/// <param name="Reference">The state output with each slot's slow reference level; null if there is none.</param>
public sealed record AnomalyContract(
    double SampleRateHz,
    int WindowSamples,
    int HopSamples,
    IReadOnlyList<WindowSlot> Inputs,
    ScoreGraphContract Score,
    FitGraphContract Fit,
    IReadOnlyList<StateTimeConstant> TimeConstants,
    string Center,
    string Sigma,
    string? Reference,
    ThresholdPolicy Threshold,
    AlarmRecommendation Alarm,
    IReadOnlyList<GraphParameter>? Parameters = null,
    StatisticsContract? Statistics = null,
    IReadOnlyList<double>? SampleRateRangeHz = null,
    CalibrationPolicy? Calibration = null)
{
    /// <summary>
    /// How many readings make one row of a window: a model for one rate is given means of faster readings, a model for a range
    /// of rates the readings themselves.
    /// </summary>
    public int ReadingsPerRow(double rateHz) => SampleRateRangeHz is null ? Math.Max(1, (int)Math.Round(rateHz / SampleRateHz)) : 1;

    /// <summary>Rows per second of the windows of a device that reads at <paramref name="rateHz"/>.</summary>
    public double RowRateHz(double rateHz) => rateHz / ReadingsPerRow(rateHz);

    /// <summary>The parameters of a model that may have none.</summary>
    public IReadOnlyList<GraphParameter> AllParameters => Parameters ?? [];
}
