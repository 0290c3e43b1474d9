using System.Diagnostics;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Signals;
using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Bench;

/// <summary>
/// The score graph alone, bound once and run over one window again and again: what ONNX Runtime takes and nobody can go below
/// with this graph on this computer.
/// </summary>
internal sealed class BareRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run = new();
    private readonly List<OrtValue> _values = [];

    /// <param name="frames">The first of them fill the window.</param>
    public BareRun(string package, AnomalyContract contract, IReadOnlyDictionary<string, float[]> baseline, ReadOnlySpan<SensorFrame> frames)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        var graph = contract.Score;
        var slots = contract.Inputs.Count;
        var filled = frames[0].Values.Length;
        var window = new float[contract.WindowSamples * slots];
        for (var row = 0; row < contract.WindowSamples; row++)
        {
            frames[row].Values.CopyTo(window.AsMemory(row * slots));
        }

        _session = new InferenceSession(Path.Combine(package, graph.Graph), options);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(graph.Window, Over(window, [1, contract.WindowSamples, slots]));
        _binding.BindInput(graph.Present!, Over([.. Enumerable.Range(0, slots).Select(slot => slot < filled ? 1f : 0f)], [slots]));
        _binding.BindInput(graph.Hold!, Over(new float[1], [1]));
        foreach (var tensor in graph.Baselines)
        {
            _binding.BindInput(tensor.Name, Over(baseline[tensor.Name], [.. tensor.Shape]));
        }

        foreach (var state in graph.States)
        {
            var initial = state.Initial == StateTensor.Zeros ? new float[slots] : baseline[state.Initial].ToArray();
            _binding.BindInput(state.Input, Over(initial, [.. state.Shape]));
            _binding.BindOutput(state.Output, Over(new float[slots], [.. state.Shape]));
        }

        _binding.BindOutput(graph.Score, Over(new float[1], [1]));
        _binding.BindOutput(graph.ChannelScores, Over(new float[slots], [1, slots]));
    }

    /// <summary>What so many runs took together.</summary>
    public double Microseconds(int runs)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs; i++)
        {
            _session.RunWithBinding(_run, _binding);
        }

        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }

    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(value => value.Dispose());
        _run.Dispose();
        _session.Dispose();
    }

    private OrtValue Over(float[] memory, long[] shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory.AsMemory(), shape);
        _values.Add(value);
        return value;
    }
}
