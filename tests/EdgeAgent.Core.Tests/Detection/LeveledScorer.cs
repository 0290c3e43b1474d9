using EdgeAgent.Core.Detection;

namespace EdgeAgent.Core.Tests.Detection;

/// <summary>A scorer whose reference is where a test puts it: calibrated at 10 with a sigma of 2.</summary>
internal sealed class LeveledScorer(int slots) : IWindowScorer
{
    public float[] Levels { get; } = [.. Enumerable.Repeat(10f, slots)];

    public ReadOnlySpan<float> NormalLevel => Levels;

    public ReadOnlySpan<float> Sigma => Enumerable.Repeat(2f, slots).ToArray();

    public ReadOnlySpan<float> Center => Enumerable.Repeat(10f, slots).ToArray();

    public bool HasReference => true;

    public ReadOnlySpan<float> Statistics => [];

    public ReadOnlySpan<float> StatisticCenter => [];

    public ReadOnlySpan<float> StatisticSigma => [];

    public ReadOnlySpan<float> Settled => [];

    public ScorerStates CaptureStates() => throw new NotSupportedException();

    public float Score(ReadOnlySpan<float> window, ReadOnlySpan<float> present, bool hold, Span<float> channelScores) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
