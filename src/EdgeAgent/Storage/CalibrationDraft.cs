using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Storage;

/// <summary>A calibration that is to be stored as a new version.</summary>
/// <param name="Synced">Whether <paramref name="Created"/> can be believed.</param>
internal sealed record CalibrationDraft(
    Calibration Calibration, string Center, string Sigma, string Origin, DateTimeOffset Created, bool Synced)
{
    public string? BasedOn { get; init; }

    public IReadOnlyList<string>? Accepted { get; init; }

    public static CalibrationDraft Of(Calibration calibration, AnomalyContract contract, string origin, DateTimeOffset created, bool synced) =>
        new(calibration, contract.Center, contract.Sigma, origin, created, synced);
}
