using EdgeAgent.Core.Detection;

namespace EdgeAgent.Storage;

/// <summary>One version of the machine's calibration as it lies on the disk; never changed once written.</summary>
/// <param name="Id">Rising numbers, "0001" first.</param>
/// <param name="Clock">"synced" or "unsynced": whether <paramref name="Created"/> can be believed.</param>
/// <param name="Origin">One of <see cref="CalibrationOrigin"/>.</param>
/// <param name="BasedOn">The version whose levels were changed, or which was carried over; null for one that was made from data.</param>
/// <param name="Accepted">For <see cref="CalibrationOrigin.AcceptedLevel"/>: the channels whose new level was accepted.</param>
/// <param name="Agent">The agent's version.</param>
/// <param name="Center">The baseline tensor that holds each slot's level.</param>
/// <param name="Sigma">The baseline tensor that holds each slot's standard deviation.</param>
internal sealed record StoredCalibration(
    string Id,
    DateTimeOffset Created,
    string Clock,
    string Origin,
    string? BasedOn,
    IReadOnlyList<string>? Accepted,
    string Agent,
    string Center,
    string Sigma,
    Calibration Calibration);
