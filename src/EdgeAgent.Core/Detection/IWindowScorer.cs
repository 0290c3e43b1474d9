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
}
