using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage;

/// <summary>Small calibrations of a model with two channels for the tests.</summary>
internal static class Calibrations
{
    public static readonly ModelIdentity Model = new("process-anomaly", "0.1.0", new string('a', 64));

    public static readonly AnomalyContract Contract = new(
        1, 60, 1, [new("flow", "l/min", false), new("pressure", "bar", false)],
        new ScoreGraphContract(
            "score.onnx", "window", null, null, "score", "channel_scores",
            [new StateTensor("reference_in", "reference_out", [1, 2], "center")],
            [new BaselineTensor("center", [2]), new BaselineTensor("sigma", [2])]),
        new FitGraphContract("fit.onnx", "windows", null, 120), [], "center", "sigma", "reference_out",
        new ThresholdPolicy(1e-5, 1), new AlarmRecommendation(1, 2, 0.35));

    public static Calibration Make(float flow = 100, string machine = "P-1", ModelIdentity? model = null) => new(
        Calibration.CurrentFormat, machine, model ?? Model, ["Flow", "Pressure"], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1), 1e-5,
        [new ModeCalibration(
            null, 1000, new ThresholdEstimate(1.5, 1.5, 40, Extrapolated: true),
            new Dictionary<string, float[]> { ["center"] = [flow, 2], ["sigma"] = [4, 0.5f] },
            new CalibrationAdequacy(CalibrationAdequacy.LongEnough, [], 3600, 0, null, null, null))]);

    public static StoredCalibration Save(CalibrationStore store, float flow = 100, string machine = "P-1")
    {
        var draft = CalibrationDraft.Of(Make(flow, machine), Contract, CalibrationOrigin.Calibrate, ManualTime.Start, synced: true);
        return store.TrySave(draft, out var problem) ?? throw new InvalidOperationException(problem);
    }
}
