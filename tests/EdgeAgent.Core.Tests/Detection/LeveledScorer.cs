using EdgeAgent.Core.Detection;

namespace EdgeAgent.Core.Tests.Detection;

/// <summary>A scorer whose reference and score are what a test says: calibrated at 10 with a sigma of 2.</summary>
internal sealed class LeveledScorer(int slots) : IWindowScorer
{
    public float[] Levels { get; } = [.. Enumerable.Repeat(10f, slots)];

    public float NextScore { get; set; }

    public float[] SettledSlots { get; } = new float[slots];

    public ReadOnlySpan<float> NormalLevel => Levels;

    public ReadOnlySpan<float> Sigma => Enumerable.Repeat(2f, slots).ToArray();

    public ReadOnlySpan<float> Center => Enumerable.Repeat(10f, slots).ToArray();

    public bool HasReference => true;

    public ReadOnlySpan<float> Statistics => [];

    public ReadOnlySpan<float> StatisticCenter => [];

    public ReadOnlySpan<float> StatisticSigma => [];

    public ReadOnlySpan<float> Settled => SettledSlots;

    public ScorerStates CaptureStates() => new(new Dictionary<string, float[]> { ["reference_in"] = [.. Levels] });

    public float Score(ReadOnlySpan<float> window, ReadOnlySpan<float> present, bool hold, Span<float> channelScores) => NextScore;

    public void Dispose()
    {
    }
}
