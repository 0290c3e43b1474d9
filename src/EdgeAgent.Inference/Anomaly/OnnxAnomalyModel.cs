using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Inference.Packages;
using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Inference.Anomaly;

/// <summary>An anomaly package whose score and fit graphs are loaded and have the inputs and outputs that it declares.</summary>
public sealed class OnnxAnomalyModel : IAnomalyModel
{
    private readonly InferenceSession _score;
    private readonly InferenceSession _fit;

    private OnnxAnomalyModel(ModelPackage package, InferenceSession score, InferenceSession fit)
    {
        Identity = package.Identity;
        Contract = package.Manifest.Anomaly!;
        _score = score;
        _fit = fit;
    }

    /// <summary>Of this process: sessions are its memory.</summary>
    public static LoadedGauge Loaded { get; } = new();

    public ModelIdentity Identity { get; }

    public AnomalyContract Contract { get; }

    /// <summary>Loads both graphs. Does not throw for a bad package.</summary>
    public static bool TryLoad(
        string folder,
        [NotNullWhen(true)] out OnnxAnomalyModel? model,
        [NotNullWhen(false)] out PackageProblem? problem)
    {
        model = null;
        if (!PackageFolder.TryOpen(folder, "anomaly", out var package, out problem))
        {
            return false;
        }

        var contract = package.Manifest.Anomaly!;
        InferenceSession? score = null;
        InferenceSession? fit = null;
        try
        {
            using var options = SessionSettings.ForSmallGraphs();
            score = new InferenceSession(package.PathOf(contract.Score.Graph), options);
            fit = new InferenceSession(package.PathOf(contract.Fit.Graph), options);
            problem = GraphCheck.Find(package, contract, score, fit);
        }
        catch (OnnxRuntimeException e)
        {
            problem = new PackageProblem(folder, $"ONNX Runtime cannot load it: {e.Message.ReplaceLineEndings(" ")}");
        }

        if (problem is not null)
        {
            score?.Dispose();
            fit?.Dispose();
            return false;
        }

        model = new OnnxAnomalyModel(package, score!, fit!);
        Loaded.Add(1);
        return true;
    }

    public Baseline Fit(ReadOnlyMemory<float> windows, int count, ReadOnlyMemory<float> present, GraphParameters parameters)
    {
        var fit = Contract.Fit;
        var inputs = new List<(string Name, OrtValue Value)>
        {
            (fit.Windows, Tensors.Over(windows, [count, Contract.WindowSamples, Contract.Inputs.Count])),
        };
        if (fit.Present is { } presentName)
        {
            inputs.Add((presentName, Tensors.Over(present, [Contract.Inputs.Count])));
        }

        inputs.AddRange(Contract.AllParameters.Select(p => (p.Name, Tensors.Over(parameters.Tensors[p.Name], [.. p.Shape]))));
        try
        {
            var outputs = Contract.Score.Baselines.Select(tensor => tensor.Name).ToArray();
            using var run = new RunOptions();
            using var results = _fit.Run(run, [.. inputs.Select(i => i.Name)], [.. inputs.Select(i => i.Value)], outputs);
            return new Baseline(outputs.Select((name, i) => (name, values: results[i].GetTensorDataAsSpan<float>().ToArray()))
                .ToDictionary(tensor => tensor.name, tensor => tensor.values));
        }
        finally
        {
            inputs.ForEach(input => input.Value.Dispose());
        }
    }

    public IWindowScorer Open(Baseline baseline, GraphParameters parameters, ScorerStates? states = null) =>
        new OnnxWindowScorer(_score, Contract, baseline, parameters, states);

    /// <summary>Once.</summary>
    public void Dispose()
    {
        _score.Dispose();
        _fit.Dispose();
        Loaded.Add(-1);
    }
}
