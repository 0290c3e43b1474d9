using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using EdgeAgent.Core.ModelPackages;
using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Inference.Packages;

/// <summary>Runs a package's golden cases on this device: the same input must give the same output, soon enough.</summary>
internal static class GoldenSelfTest
{
    private const int TimedRuns = 21;
    private const long LargestFile = 64 << 20;
    private const int MostCases = 64;

    /// <param name="medianMs">The median of the slowest case.</param>
    /// <returns>null if every case passed.</returns>
    public static PackageProblem? Find(ModelPackage package, SelfTestContract test, TimeProvider time, out double medianMs)
    {
        medianMs = 0;
        if (!TryRead(package, test.File!, out var golden, out var problem))
        {
            return problem;
        }

        foreach (var one in golden.Cases)
        {
            var fault = Check(package, one, test, time, out var median);
            medianMs = Math.Max(medianMs, median);
            if (fault is not null)
            {
                return new PackageProblem(test.File!, $"{one.Graph}: {fault}");
            }
        }

        return null;
    }

    private static bool TryRead(
        ModelPackage package, string file, [NotNullWhen(true)] out GoldenCases? golden, [NotNullWhen(false)] out PackageProblem? problem)
    {
        golden = null;
        problem = null;
        try
        {
            var path = package.PathOf(file);
            golden = new FileInfo(path).Length > LargestFile ? null : JsonSerializer.Deserialize(File.ReadAllBytes(path), GoldenJson.Default.GoldenCases);
        }
        catch (JsonException e)
        {
            problem = new PackageProblem(file, $"not a self-test: {e.Message.ReplaceLineEndings(" ")}");
            return false;
        }

        var files = package.Manifest.Files.Select(one => one.Path).ToHashSet();
        if (golden?.Cases is not { Count: > 0 and <= MostCases }
            || golden.Cases.Any(one => one?.Graph is null || !files.Contains(one.Graph) || one.Inputs is null || one.Outputs is not { Count: > 0 }
                || one.Inputs.Values.Concat(one.Outputs.Values).Any(tensor => tensor is not { IsWhole: true })))
        {
            golden = null;
            problem = new PackageProblem(file, $"needs 1 to {MostCases} cases, each with a graph of the package, inputs and outputs whose data fills their shape");
            return false;
        }

        return true;
    }

    private static string? Check(ModelPackage package, GoldenCase one, SelfTestContract test, TimeProvider time, out double medianMs)
    {
        medianMs = 0;
        var inputs = one.Inputs.Select(input => (input.Key, Value: OrtValue.CreateTensorValueFromMemory(input.Value.Data, [.. input.Value.Shape]))).ToList();
        try
        {
            using var options = SessionSettings.ForSmallGraphs();
            using var session = new InferenceSession(package.PathOf(one.Graph), options);
            using var run = new RunOptions();
            string[] names = [.. one.Inputs.Keys];
            OrtValue[] values = [.. inputs.Select(input => input.Value)];
            string[] wanted = [.. one.Outputs.Keys];
            using (var results = session.Run(run, names, values, wanted))
            {
                for (var i = 0; i < wanted.Length; i++)
                {
                    if (Fault(results[i], one.Outputs[wanted[i]], test) is { } fault)
                    {
                        return $"output {wanted[i]} {fault}";
                    }
                }
            }

            medianMs = Median(() => session.Run(run, names, values, wanted).Dispose(), time);
            return medianMs <= test.LatencyMs ? null
                : string.Create(CultureInfo.InvariantCulture, $"takes {medianMs:G3} ms in the median of {TimedRuns} runs; the manifest allows {test.LatencyMs:G4} ms");
        }
        catch (OnnxRuntimeException e)
        {
            return $"ONNX Runtime refuses it: {e.Message.ReplaceLineEndings(" ")}";
        }
        finally
        {
            inputs.ForEach(input => input.Value.Dispose());
        }
    }

    private static string? Fault(OrtValue found, GoldenTensor golden, SelfTestContract test)
    {
        var type = found.GetTensorTypeAndShape();
        if (type.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float || !type.Shape.AsSpan().SequenceEqual([.. golden.Shape]))
        {
            return $"is {type.ElementDataType} [{string.Join(", ", type.Shape)}]; golden is Float [{string.Join(", ", golden.Shape)}]";
        }

        var values = found.GetTensorDataAsSpan<float>();
        for (var i = 0; i < values.Length; i++)
        {
            var allowed = test.AbsoluteTolerance + (test.RelativeTolerance * Math.Abs(golden.Data[i]));
            if (!(Math.Abs(values[i] - golden.Data[i]) <= allowed))
            {
                return string.Create(CultureInfo.InvariantCulture, $"[{i}] is {values[i]:G6}; golden is {golden.Data[i]:G6} ± {allowed:G2}");
            }
        }

        return null;
    }

    private static double Median(Action run, TimeProvider time)
    {
        var taken = new double[TimedRuns];
        for (var i = 0; i < TimedRuns; i++)
        {
            var begin = time.GetTimestamp();
            run();
            taken[i] = time.GetElapsedTime(begin).TotalMilliseconds;
        }

        Array.Sort(taken);
        return taken[TimedRuns / 2];
    }
}
