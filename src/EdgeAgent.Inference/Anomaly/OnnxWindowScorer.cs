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
    private readonly float[] _statistics;
    private readonly float[] _settled;
    private readonly (string Name, float[] In, float[] Out)[] _states;

    // What the evidence is told from.
    private readonly float[] _center;
    private readonly float[] _sigma;
    private readonly float[]? _reference;
    private readonly float[] _statisticCenter = [];
    private readonly float[] _statisticSigma = [];

    public OnnxWindowScorer(
        InferenceSession session, AnomalyContract contract, Baseline baseline, GraphParameters parameters, ScorerStates? states)
    {
        var slots = contract.Inputs.Count;
        var graph = contract.Score;
        _session = session;
        _window = new float[contract.WindowSamples * slots];
        _present = new float[slots];
        _channelScores = new float[slots];
        _center = baseline.Tensors[contract.Center];
        _sigma = baseline.Tensors[contract.Sigma];
        _statistics = new float[contract.Statistics is { } measured ? slots * measured.Names.Count : 0];
        _settled = new float[graph.Settled is null ? 0 : slots];
        _states = [.. graph.States.Select(state => (state.Input, Start(state, baseline, states), new float[SizeOf(state)]))];
        if (contract.Statistics is { } statistics)
        {
            _statisticCenter = baseline.Tensors[statistics.Center];
            _statisticSigma = baseline.Tensors[statistics.Sigma];
        }

        _binding = session.CreateIoBinding();
        _binding.BindInput(graph.Window, Bind(_window, [1, contract.WindowSamples, slots]));
        BindIf(graph.Present, _present);
        BindIf(graph.Hold, _hold);
        foreach (var tensor in graph.Baselines)
        {
            _binding.BindInput(tensor.Name, Bind(baseline.Tensors[tensor.Name], [.. tensor.Shape]));
        }

        foreach (var parameter in contract.AllParameters)
        {
            _binding.BindInput(parameter.Name, Bind(parameters.Tensors[parameter.Name], [.. parameter.Shape]));
        }

        foreach (var (state, memory) in graph.States.Zip(_states))
        {
            _binding.BindInput(state.Input, Bind(memory.In, [.. state.Shape]));
            _binding.BindOutput(state.Output, Bind(memory.Out, [.. state.Shape]));
        }

        _binding.BindOutput(graph.Score, Bind(_score, [1]));
        _binding.BindOutput(graph.ChannelScores, Bind(_channelScores, [1, slots]));
        BindOutputIf(graph.Settled, _settled, [1, slots]);
        BindOutputIf(contract.Statistics?.Output, _statistics, [1, slots, contract.Statistics?.Names.Count ?? 0]);
        var reference = graph.States.ToList().FindIndex(state => state.Output == contract.Reference);
        _reference = reference < 0 ? null : _states[reference].In;
    }

    public ReadOnlySpan<float> NormalLevel => _reference ?? _center;

    public ReadOnlySpan<float> Sigma => _sigma;

    public ReadOnlySpan<float> Center => _center;

    public bool HasReference => _reference is not null;

    public ReadOnlySpan<float> Statistics => _statistics;

    public ReadOnlySpan<float> StatisticCenter => _statisticCenter;

    public ReadOnlySpan<float> StatisticSigma => _statisticSigma;

    public ReadOnlySpan<float> Settled => _settled;

    public ScorerStates CaptureStates() => new(_states.ToDictionary(state => state.Name, state => state.In.ToArray()));

    public float Score(ReadOnlySpan<float> window, ReadOnlySpan<float> present, bool hold, Span<float> channelScores)
    {
        window.CopyTo(_window);
        present.CopyTo(_present);
        _hold[0] = hold ? 1 : 0;
        _session.RunWithBinding(_run, _binding);
        foreach (var (_, input, output) in _states)
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

    private static int SizeOf(StateTensor state) => (int)state.Shape.Aggregate(1L, (product, axis) => product * axis);

    private static float[] Start(StateTensor state, Baseline baseline, ScorerStates? states) =>
        states is not null ? states.Tensors[state.Input].ToArray()
        : state.Initial == StateTensor.Zeros ? new float[SizeOf(state)]
        : baseline.Tensors[state.Initial].ToArray();

    private void BindIf(string? name, float[] memory)
    {
        if (name is not null)
        {
            _binding.BindInput(name, Bind(memory, [memory.Length]));
        }
    }

    private void BindOutputIf(string? name, float[] memory, long[] shape)
    {
        if (name is not null)
        {
            _binding.BindOutput(name, Bind(memory, shape));
        }
    }

    private OrtValue Bind(float[] memory, long[] shape)
    {
        var value = Tensors.Over(memory, shape);
        _values.Add(value);
        return value;
    }
}
