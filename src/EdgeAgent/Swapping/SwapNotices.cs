using System.Globalization;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.ModelPackages.Swapping;

namespace EdgeAgent.Swapping;

/// <summary>Words what happens to models as decisions.</summary>
internal sealed class SwapNotices(DecisionMaker decisions)
{
    public Decision Shadowing(ModelTicket ticket, ShadowLimits limits, string calibration, Moment now) => decisions.Notice(
        "model-shadowing",
        Severity.Info,
        About(ticket, ("minutes", Number(limits.For.TotalMinutes)), ("calibration", calibration)),
        now);

    public Decision Calibrated(ModelTicket ticket, IReadOnlyDictionary<string, string> facts, Moment now)
    {
        var data = About(ticket);
        foreach (var (key, value) in facts)
        {
            data[key] = value;
        }

        return decisions.Notice("model-calibrated", Severity.Info, data, now);
    }

    public Decision NotTaken(ModelTicket ticket, string why, ShadowFigures? figures, Moment now) =>
        decisions.Notice("model-not-taken", Severity.Warning, With(About(ticket, ("why", why)), figures), now);

    /// <param name="from">The model that it takes the place of.</param>
    public Decision Activated(ModelTicket ticket, string from, string? calibration, TimeSpan probation, ShadowFigures? figures, Moment now) => decisions.Notice(
        "model-activated",
        Severity.Info,
        With(About(ticket, ("before", from), ("calibration", calibration ?? "none"), ("probationMinutes", Number(probation.TotalMinutes))), figures),
        now);

    public Decision Proven(ModelTicket ticket, Moment now) => decisions.Notice("model-proven", Severity.Info, About(ticket), now);

    /// <param name="to">The model that is used again.</param>
    public Decision WentBack(ModelTicket ticket, string to, string why, Moment now) =>
        decisions.Notice("model-rolled-back", Severity.Warning, About(ticket, ("to", to), ("why", why)), now);

    public Decision WentBack(string name, string what, string why, Moment now) =>
        decisions.Notice("model-rolled-back", Severity.Warning, new Dictionary<string, string> { ["model"] = name, ["slot"] = what, ["why"] = why }, now);

    /// <param name="file">As it was handed over.</param>
    public Decision Refused(string file, string why, Moment now) =>
        decisions.Notice("model-refused", Severity.Warning, new Dictionary<string, string> { ["file"] = file, ["why"] = why }, now);

    private static Dictionary<string, string> About(ModelTicket ticket, params (string Key, string Value)[] more)
    {
        var data = new Dictionary<string, string>
        {
            ["model"] = ticket.Model.Name,
            ["version"] = ticket.Model.Version,
            ["sha256"] = ticket.Model.Sha256,
        };
        foreach (var (key, value) in more)
        {
            data[key] = value;
        }

        return data;
    }

    private static Dictionary<string, string> With(Dictionary<string, string> data, ShadowFigures? figures)
    {
        if (figures is not null)
        {
            data["windows"] = Number(figures.Windows);
            data["alarmPercent"] = Number(100 * figures.CandidateAlarms);
            data["alarmPercentBefore"] = Number(100 * figures.ActiveAlarms);
            data["disagreementPercent"] = Number(100 * figures.Disagreement);
            data["latencyP95Ms"] = Number(figures.LatencyP95.TotalMilliseconds);
            data["hopMs"] = Number(figures.Hop.TotalMilliseconds);
        }

        return data;
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
