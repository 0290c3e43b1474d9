using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Inference.Anomaly;

/// <summary>
/// Runs the score graph window by window. Every tensor is bound once to memory that lives as long as the scorer; after
/// each run the state outputs are copied over the state inputs.
/// </summary>
internal sealed class OnnxWindowScorer : IWindowScorer
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly List<OrtValue> _values = [];

    // Inputs and outputs in the order of their names.
    private readonly string[] _inputNames;
    private readonly OrtValue[] _inputs;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _outputs;

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

        var inputs = new List<(string Name, OrtValue Value)> { (graph.Window, Bind(_window, [1, contract.WindowSamples, slots])) };
        AddIf(inputs, graph.Present, _present);
        AddIf(inputs, graph.Hold, _hold);
        inputs.AddRange(graph.Baselines.Select(tensor => (tensor.Name, Bind(baseline.Tensors[tensor.Name], [.. tensor.Shape]))));
        inputs.AddRange(graph.States.Select((state, i) => (state.Input, Bind(_states[i].In, [.. state.Shape]))));
        var outputs = new List<(string Name, OrtValue Value)>
        {
            (graph.Score, Bind(_score, [1])),
            (graph.ChannelScores, Bind(_channelScores, [1, slots])),
        };
        outputs.AddRange(graph.States.Select((state, i) => (state.Output, Bind(_states[i].Out, [.. state.Shape]))));

        (_inputNames, _inputs) = ([.. inputs.Select(input => input.Name)], [.. inputs.Select(input => input.Value)]);
        (_outputNames, _outputs) = ([.. outputs.Select(output => output.Name)], [.. outputs.Select(output => output.Value)]);
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
        _session.Run(_run, _inputNames, _inputs, _outputNames, _outputs);
        foreach (var (input, output) in _states)
        {
            output.CopyTo(input, 0);
        }

        _channelScores.CopyTo(channelScores);
        return _score[0];
    }

    public void Dispose()
    {
        _values.ForEach(value => value.Dispose());
        _run.Dispose();
    }

    private static (float[] In, float[] Out) Initial(StateTensor state, Baseline baseline)
    {
        var size = (int)state.Shape.Aggregate(1L, (product, axis) => product * axis);
        var initial = state.Initial == StateTensor.Zeros ? new float[size] : baseline.Tensors[state.Initial].ToArray();
        return (initial, new float[size]);
    }

    private void AddIf(List<(string, OrtValue)> inputs, string? name, float[] memory)
    {
        if (name is not null)
        {
            inputs.Add((name, Bind(memory, [memory.Length])));
        }
    }

    private OrtValue Bind(float[] memory, long[] shape)
    {
        var value = Tensors.Over(memory, shape);
        _values.Add(value);
        return value;
    }
}
