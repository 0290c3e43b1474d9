using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Inference.Anomaly;

/// <summary>
/// Runs the score graph window by window. Every tensor is bound once to memory that lives as long as the scorer, so that a
/// run allocates nothing; after each run the state outputs are copied over the state inputs.
/// </summary>
internal sealed class OnnxWindowScorer : IWindowScorer
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly List<OrtValue> _values = [];

    private readonly OrtIoBinding _binding;

    // The memory behind them.
    private readonly float[] _window;
    private readonly float[] _present;
    private readonly float[] _hold = new float[1];
    private readonly float[] _score = new float[1];
    private readonly float[] _channelScores;
    private readonly (float[] In, float[] Out)[] _states;
    private readonly float[] _center;
    private readonly float[] _sigma;
    private readonly float[]? _reference;

    public OnnxWindowScorer(InferenceSession session, AnomalyContract contract, Baseline baseline)
    {
        var slots = contract.Inputs.Count;
        var graph = contract.Score;
        _session = session;
        _window = new float[contract.WindowSamples * slots];
        _present = new float[slots];
        _channelScores = new float[slots];
        _center = baseline.Tensors[contract.Center];
        _sigma = baseline.Tensors[contract.Sigma];
        _states = [.. graph.States.Select(state => Initial(state, baseline))];

        _binding = session.CreateIoBinding();
        _binding.BindInput(graph.Window, Bind(_window, [1, contract.WindowSamples, slots]));
        BindIf(graph.Present, _present);
        BindIf(graph.Hold, _hold);
        foreach (var tensor in graph.Baselines)
        {
            _binding.BindInput(tensor.Name, Bind(baseline.Tensors[tensor.Name], [.. tensor.Shape]));
        }

        foreach (var (state, memory) in graph.States.Zip(_states))
        {
            _binding.BindInput(state.Input, Bind(memory.In, [.. state.Shape]));
            _binding.BindOutput(state.Output, Bind(memory.Out, [.. state.Shape]));
        }

        _binding.BindOutput(graph.Score, Bind(_score, [1]));
        _binding.BindOutput(graph.ChannelScores, Bind(_channelScores, [1, slots]));
        var reference = graph.States.ToList().FindIndex(state => state.Output == contract.Reference);
        _reference = reference < 0 ? null : _states[reference].In;
    }

    public ReadOnlySpan<float> NormalLevel => _reference ?? _center;

    public ReadOnlySpan<float> Sigma => _sigma;

    public float Score(ReadOnlySpan<float> window, ReadOnlySpan<float> present, bool hold, Span<float> channelScores)
    {
        window.CopyTo(_window);
        present.CopyTo(_present);
        _hold[0] = hold ? 1 : 0;
        _session.RunWithBinding(_run, _binding);
        foreach (var (input, output) in _states)
        {
            output.CopyTo(input, 0);
        }

        _channelScores.CopyTo(channelScores);
        return _score[0];
    }

    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(value => value.Dispose());
        _run.Dispose();
    }

    private static (float[] In, float[] Out) Initial(StateTensor state, Baseline baseline)
    {
        var size = (int)state.Shape.Aggregate(1L, (product, axis) => product * axis);
        var initial = state.Initial == StateTensor.Zeros ? new float[size] : baseline.Tensors[state.Initial].ToArray();
        return (initial, new float[size]);
    }

    private void BindIf(string? name, float[] memory)
    {
        if (name is not null)
        {
            _binding.BindInput(name, Bind(memory, [memory.Length]));
        }
    }

    private OrtValue Bind(float[] memory, long[] shape)
    {
        var value = Tensors.Over(memory, shape);
        _values.Add(value);
        return value;
    }
}
