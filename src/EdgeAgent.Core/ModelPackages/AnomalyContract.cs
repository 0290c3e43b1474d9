using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.ModelPackages;

/// <summary>How the agent drives an anomaly package's graphs. The graphs own the maths.</summary>
/// <param name="SampleRateHz">The rate that the windows were made for.</param>
/// <param name="WindowSamples">Rows of a window.</param>
/// <param name="HopSamples">Rows from one window to the next.</param>
/// <param name="Inputs">The window's slots, in the order of its last axis.</param>
/// <param name="TimeConstants">The time constants inside the graph, for the reader.</param>
/// <param name="Center">The baseline tensor with each slot's normal level.</param>
/// <param name="Sigma">The baseline tensor with each slot's standard deviation.</param>
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
    AlarmRecommendation Alarm);

/// <summary>Names of the score graph's tensors. <c>window</c> is float32 [1, samples, slots].</summary>
/// <param name="Present">float32 [slots] input, null if the graph takes none.</param>
/// <param name="Hold">float32 [1] input: 1 while a machine alarm is active; null if the graph takes none.</param>
public sealed record ScoreGraphContract(
    string Graph,
    string Window,
    string? Present,
    string? Hold,
    string Score,
    string ChannelScores,
    IReadOnlyList<StateTensor> States,
    IReadOnlyList<BaselineTensor> Baselines);

/// <summary>A state that the agent carries from one run to the next.</summary>
/// <param name="Initial">"zeros", or the baseline tensor that it starts from.</param>
public sealed record StateTensor(string Input, string Output, IReadOnlyList<long> Shape, string Initial)
{
    public const string Zeros = "zeros";
}

/// <summary>A tensor that calibration makes: an output of the fit graph, an input of the score graph.</summary>
public sealed record BaselineTensor(string Name, IReadOnlyList<long> Shape);

/// <summary>Names of the fit graph's tensors. <c>windows</c> is float32 [count, samples, slots]; outputs are the baselines.</summary>
public sealed record FitGraphContract(string Graph, string Windows, string? Present, int MinWindows);

public sealed record StateTimeConstant(string State, double Seconds);

/// <param name="FalseAlarmRate">Share of normal windows that may lie above the threshold.</param>
/// <param name="Minimum">The threshold is never lower.</param>
public sealed record ThresholdPolicy(double FalseAlarmRate, double Minimum);

/// <param name="ClearBelow">The alarm clears below this fraction of the threshold.</param>
public sealed record AlarmRecommendation(double OnDelaySeconds, double OffDelaySeconds, double ClearBelow);
