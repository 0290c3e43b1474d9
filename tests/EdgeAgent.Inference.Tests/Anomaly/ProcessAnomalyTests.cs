using EdgeAgent.Core.Detection;
using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Inference.Tests.Anomaly;

/// <summary>The shipped process package on its real graphs, driven as the agent drives any package.</summary>
public sealed class ProcessAnomalyTests : IDisposable
{
    private readonly OnnxAnomalyModel _model;
    private readonly int _samples;
    private readonly int _slots;

    public ProcessAnomalyTests()
    {
        Assert.True(OnnxAnomalyModel.TryLoad(Shipped.Package("process-anomaly"), out var model, out var problem), problem?.ToString());
        _model = model!;
        _samples = _model.Contract.WindowSamples;
        _slots = _model.Contract.Inputs.Count;
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void A_shift_of_the_flow_is_scored_on_the_flow_and_far_above_normal()
    {
        var present = Enumerable.Repeat(1f, _slots).ToArray();
        var normal = Series(600, shiftFrom: int.MaxValue);
        using var scorer = _model.Open(_model.Fit(Windows(normal, 400, out var count), count, present, GraphParameters.None), GraphParameters.None);

        var shifted = Series(600, shiftFrom: 520);
        var scores = new List<float>();
        var channel = new float[_slots];
        for (var last = _samples; last <= 600; last++)
        {
            scores.Add(scorer.Score(Window(shifted, last), present, hold: false, channel));
        }

        var before = scores.Take(520 - _samples).Max();
        Assert.True(scores[^1] > 2 * before, $"{scores[^1]} after the shift, {before} at most before it");
        Assert.Equal(0, Array.IndexOf(channel, channel.Max()));
    }

    [Fact]
    public void An_absent_channel_scores_nothing_and_the_others_go_on()
    {
        var present = Enumerable.Repeat(1f, _slots).ToArray();
        present[0] = 0;
        var normal = Series(500, shiftFrom: int.MaxValue);
        using var scorer = _model.Open(_model.Fit(Windows(normal, 400, out var count), count, present, GraphParameters.None), GraphParameters.None);

        var channel = new float[_slots];
        var score = scorer.Score(Window(normal, 500), present, hold: false, channel);

        Assert.True(float.IsFinite(score));
        Assert.Equal(0, channel[0]);
        Assert.Contains(channel[1..], value => value != 0);
    }

    [Fact]
    public void The_same_windows_give_the_same_scores_to_the_last_bit()
    {
        var present = Enumerable.Repeat(1f, _slots).ToArray();
        var series = Series(600, shiftFrom: 500);
        var baseline = _model.Fit(Windows(series, 400, out var count), count, present, GraphParameters.None);

        Assert.Equal(ScoreAll(series, baseline, present), ScoreAll(series, baseline, present));
    }

    [Fact]
    public void Two_scorers_of_one_model_do_not_share_their_states()
    {
        var present = Enumerable.Repeat(1f, _slots).ToArray();
        var series = Series(600, shiftFrom: 450);
        var baseline = _model.Fit(Windows(series, 400, out var count), count, present, GraphParameters.None);
        using var used = _model.Open(baseline, GraphParameters.None);
        using var fresh = _model.Open(baseline, GraphParameters.None);
        var channel = new float[_slots];
        for (var last = _samples; last < 600; last++)
        {
            used.Score(Window(series, last), present, hold: false, channel);
        }

        Assert.Equal(baseline.Tensors[_model.Contract.Center], fresh.NormalLevel.ToArray());
        Assert.NotEqual(used.NormalLevel.ToArray(), fresh.NormalLevel.ToArray());
    }

    private float[] ScoreAll(float[] series, Baseline baseline, float[] present)
    {
        using var scorer = _model.Open(baseline, GraphParameters.None);
        var channel = new float[_slots];
        return [.. Enumerable.Range(_samples, 600 - _samples).Select(last => scorer.Score(Window(series, last), present, false, channel))];
    }

    /// <summary>Eight channels of noise around a level each; from a row on the first one is 8 sigma lower.</summary>
    private float[] Series(int rows, int shiftFrom)
    {
        var random = new Random(11);
        var values = new float[rows * _slots];
        for (var i = 0; i < values.Length; i++)
        {
            var shift = i % _slots == 0 && i / _slots >= shiftFrom ? -8f : 0;
            values[i] = 10 + (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) + (shift / 2);
        }

        return values;
    }

    private ReadOnlySpan<float> Window(float[] series, int last) => series.AsSpan((last - _samples) * _slots, _samples * _slots);

    private float[] Windows(float[] series, int rows, out int count)
    {
        count = rows - _samples + 1;
        var windows = new List<float>();
        for (var last = _samples; last <= rows; last++)
        {
            windows.AddRange(Window(series, last));
        }

        return [.. windows];
    }
}
