using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Inference.Packages;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeAgent.Inference.Anomaly;

/// <summary>Holds the graphs' real inputs and outputs against what the manifest declares.</summary>
internal static class GraphCheck
{
    /// <returns>null when both graphs fit their contract.</returns>
    public static PackageProblem? Find(ModelPackage package, AnomalyContract contract, InferenceSession score, InferenceSession fit)
    {
        var s = contract.Score;
        var parameters = contract.AllParameters.Select(parameter => parameter.Name).ToArray();
        string?[] scoreInputs = [s.Window, s.Present, s.Hold, .. s.States.Select(state => state.Input), .. s.Baselines.Select(b => b.Name), .. parameters];
        string?[] scoreOutputs = [s.Score, s.ChannelScores, s.Settled, contract.Statistics?.Output, .. s.States.Select(state => state.Output)];
        string?[] fitInputs = [contract.Fit.Windows, contract.Fit.Present, .. parameters];
        return Compare(package.PathOf(s.Graph), score, scoreInputs, scoreOutputs)
            ?? Compare(package.PathOf(contract.Fit.Graph), fit, fitInputs, [.. s.Baselines.Select(b => b.Name)])
            ?? Shapes(package, contract, score);
    }

    private static PackageProblem? Compare(string graph, InferenceSession session, string?[] inputs, string?[] outputs)
    {
        var declared = inputs.Where(name => name is not null).Select(name => name!).Order().ToArray();
        var real = session.InputMetadata.Keys.Order().ToArray();
        if (!declared.SequenceEqual(real))
        {
            return new PackageProblem(graph, $"takes {string.Join(", ", real)}; the manifest declares {string.Join(", ", declared)}");
        }

        var notFloat = session.InputMetadata.Concat(session.OutputMetadata)
            .FirstOrDefault(node => node.Value.ElementDataType != TensorElementType.Float);
        if (notFloat.Key is { } name)
        {
            return new PackageProblem(graph, $"{name} is {notFloat.Value.ElementDataType}; float32 is needed");
        }

        var absent = outputs.OfType<string>().Except(session.OutputMetadata.Keys).FirstOrDefault();
        return absent is null ? null
            : new PackageProblem(graph, $"gives {string.Join(", ", session.OutputMetadata.Keys.Order())}; \"{absent}\" is missing");
    }

    private static PackageProblem? Shapes(ModelPackage package, AnomalyContract contract, InferenceSession score)
    {
        var window = score.InputMetadata[contract.Score.Window].Dimensions;
        int[] needed = [1, contract.WindowSamples, contract.Inputs.Count];
        var fits = window.Length == 3 && window.Zip(needed).All(axis => axis.First < 0 || axis.First == axis.Second);
        if (!fits)
        {
            return new PackageProblem(
                package.PathOf(contract.Score.Graph),
                $"{contract.Score.Window} is [{string.Join(", ", window)}]; the manifest says [{string.Join(", ", needed)}]");
        }

        var baselines = contract.Score.Baselines.Select(tensor => tensor.Name).ToArray();
        var unknown = contract.Score.States.Select(state => state.Initial).Append(contract.Center).Append(contract.Sigma)
            .FirstOrDefault(name => name != StateTensor.Zeros && !baselines.Contains(name));
        if (unknown is not null)
        {
            return new PackageProblem(package.PathOf("manifest.json"), $"\"{unknown}\" is no baseline; there are {string.Join(", ", baselines)}");
        }

        if (contract.Statistics is { } statistics && StatisticsFault(contract, statistics) is { } fault)
        {
            return new PackageProblem(package.PathOf("manifest.json"), fault);
        }

        return contract.Reference is { } reference && contract.Score.States.All(state => state.Output != reference)
            ? new PackageProblem(package.PathOf("manifest.json"), $"reference \"{reference}\" is no state's output")
            : null;
    }

    private static string? StatisticsFault(AnomalyContract contract, StatisticsContract statistics)
    {
        long[] needed = [contract.Inputs.Count, statistics.Names.Count];
        var wrong = new[] { statistics.Center, statistics.Sigma }
            .FirstOrDefault(name => contract.Score.Baselines.FirstOrDefault(b => b.Name == name)?.Shape.SequenceEqual(needed) != true);
        return wrong is null ? null : $"statistics: \"{wrong}\" must be a baseline of the shape [{string.Join(", ", needed)}]";
    }
}
