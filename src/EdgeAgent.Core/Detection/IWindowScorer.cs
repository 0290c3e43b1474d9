namespace EdgeAgent.Core.Detection;

/// <summary>A score graph in use on one machine. It keeps the graph's states from window to window; not thread-safe.</summary>
public interface IWindowScorer : IDisposable
{
    /// <summary>Scores one window and moves the states on.</summary>
    /// <param name="window">float32 [samples, slots], engineering units.</param>
    /// <param name="present">float32 [slots]: 1 = the slot is filled and healthy.</param>
    /// <param name="hold">True while a machine alarm is active: slow references freeze.</param>
    /// <param name="channelScores">Receives float32 [slots], on the scale of the score.</param>
    /// <returns>The anomaly score; the larger, the stranger. NaN if the graph failed numerically.</returns>
    float Score(ReadOnlySpan<float> window, ReadOnlySpan<float> present, bool hold, Span<float> channelScores);

    /// <summary>Each slot's normal level now, in engineering units: the slow reference if the graph has one.</summary>
    ReadOnlySpan<float> NormalLevel { get; }

    /// <summary>Each slot's standard deviation in the calibration data, in engineering units.</summary>
    ReadOnlySpan<float> Sigma { get; }

    /// <summary>Each slot's level in the calibration data, in engineering units.</summary>
    ReadOnlySpan<float> Center { get; }

    /// <summary>True when the graph carries a slow reference that can drift away from the calibration.</summary>
    bool HasReference { get; }

    /// <summary>What the graph measured of the last window, [slots, statistics]; empty if the package declares none.</summary>
    ReadOnlySpan<float> Statistics { get; }

    /// <summary>Normal value of each of <see cref="Statistics"/>.</summary>
    ReadOnlySpan<float> StatisticCenter { get; }

    /// <summary>Standard deviation of each of <see cref="Statistics"/> in normal running.</summary>
    ReadOnlySpan<float> StatisticSigma { get; }

    /// <summary>[slots]: 1 where a fault ended by settling at a new level; empty if the graph does not tell.</summary>
    ReadOnlySpan<float> Settled { get; }

    /// <summary>A copy of the graph's states, to go on from after a restart.</summary>
    ScorerStates CaptureStates();
}
