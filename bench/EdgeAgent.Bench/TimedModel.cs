using System.Diagnostics;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Bench;

/// <summary>A model whose score graph's time is counted, so that the rest can be told from the same run.</summary>
internal sealed class TimedModel(IAnomalyModel model) : IAnomalyModel
{
    /// <summary>Time inside the score graph's runs, the copies in and out included.</summary>
    public TimeSpan InGraph { get; private set; }

    public ModelIdentity Identity => model.Identity;

    public AnomalyContract Contract => model.Contract;

    public Baseline Fit(ReadOnlyMemory<float> windows, int count, ReadOnlyMemory<float> present, GraphParameters parameters) =>
        model.Fit(windows, count, present, parameters);

    public IWindowScorer Open(Baseline baseline, GraphParameters parameters, ScorerStates? states) =>
        new TimedScorer(this, model.Open(baseline, parameters, states));

    public void Dispose() => model.Dispose();

    private sealed class TimedScorer(TimedModel owner, IWindowScorer scorer) : IWindowScorer
    {
        public ReadOnlySpan<float> NormalLevel => scorer.NormalLevel;

        public ReadOnlySpan<float> Sigma => scorer.Sigma;

        public ReadOnlySpan<float> Center => scorer.Center;

        public bool HasReference => scorer.HasReference;

        public ReadOnlySpan<float> Statistics => scorer.Statistics;

        public ReadOnlySpan<float> StatisticCenter => scorer.StatisticCenter;

        public ReadOnlySpan<float> StatisticSigma => scorer.StatisticSigma;

        public ReadOnlySpan<float> Settled => scorer.Settled;

        public ScorerStates CaptureStates() => scorer.CaptureStates();

        public float Score(ReadOnlySpan<float> window, ReadOnlySpan<float> present, bool hold, Span<float> channelScores)
        {
            var started = Stopwatch.GetTimestamp();
            var score = scorer.Score(window, present, hold, channelScores);
            owner.InGraph += Stopwatch.GetElapsedTime(started);
            return score;
        }

        public void Dispose() => scorer.Dispose();
    }
}
