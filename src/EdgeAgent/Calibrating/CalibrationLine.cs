using System.Globalization;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Storage;

namespace EdgeAgent.Calibrating;

/// <summary>One version in the list of calibrations.</summary>
/// <param name="Problem">Why it cannot be used; the other values are null then.</param>
/// <param name="Verdict">"too-short" if any mode is; null if nobody judged it.</param>
internal sealed record CalibrationLine(
    string Id,
    bool Active,
    DateTimeOffset? Created,
    string? Clock,
    string? Origin,
    string? Machine,
    ModelIdentity? Model,
    DateTimeOffset? From,
    DateTimeOffset? To,
    int? Windows,
    string? Verdict,
    string? Problem)
{
    public static CalibrationLine Of(CalibrationStore store, string id, bool active)
    {
        if (!store.TryRead(id, out var found, out var problem))
        {
            return new CalibrationLine(id, active, null, null, null, null, null, null, null, null, null, problem);
        }

        var made = found.Calibration;
        var verdict = made.Modes.Select(mode => mode.Adequacy).OrderBy(adequacy => adequacy is null ? 2 : adequacy.IsLongEnough ? 1 : 0).First()?.Verdict;
        return new CalibrationLine(
            id, active, found.Created, found.Clock, found.Origin, made.Machine, made.Model, made.From, made.To, made.TotalWindows, verdict, null);
    }

    public override string ToString() => Problem is not null
        ? $"{Mark} {Id}  {Problem}"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Mark} {Id}  {Created:yyyy-MM-dd HH:mm}{(Clock == "synced" ? " " : "?")} {Origin,-14} {Machine}, {Model!.Name} {Model.Version}, {Windows} windows, {Verdict ?? "not judged"}");

    private string Mark => Active ? "*" : " ";
}
