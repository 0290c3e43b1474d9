using System.Globalization;

namespace EdgeAgent.Alarms;

/// <summary>One alarm as `alarms list` shows it.</summary>
/// <param name="Source">The machine's id or the channel's name.</param>
/// <param name="State">"unacknowledged", "acknowledged", "returned-unacknowledged", "latched-unacknowledged", "latched-acknowledged" or "ended".</param>
/// <param name="Clock">"synced" or "unsynced": whether <paramref name="RaisedAt"/> can be believed.</param>
/// <param name="Published">Whether its raise was meant for receivers; false if it was shelved or suppressed in a flood then.</param>
/// <param name="Decisions">How many decisions of it the history holds.</param>
/// <param name="AcknowledgedBy">A claim.</param>
/// <param name="Fault">What the diagnosis says; null if there is none.</param>
/// <param name="Feedback">What somebody said afterwards, e.g. <c>false-alarm</c>.</param>
/// <param name="Snapshot">The readings around it are still on the device.</param>
internal sealed record AlarmLine(
    Guid AlarmId,
    string Kind,
    string Source,
    string State,
    string Severity,
    string? Code,
    DateTimeOffset RaisedAt,
    string Clock,
    bool Published,
    string LastEvent,
    DateTimeOffset LastAt,
    int Decisions,
    bool Acknowledged,
    string? AcknowledgedBy,
    string? Comment,
    DateTimeOffset? ShelvedUntil,
    string? Fault,
    string? Summary,
    string? Feedback,
    bool Snapshot)
{
    public bool Stands => State is not ("ended" or "returned-unacknowledged");

    public override string ToString()
    {
        var more = string.Concat(
            Code is null ? "" : $", {Code}",
            Acknowledged ? $", acknowledged by {AcknowledgedBy ?? "somebody"}{(Comment is null ? "" : $" ({Comment})")}" : "",
            ShelvedUntil is { } until ? string.Create(CultureInfo.InvariantCulture, $", shelved until {until:yyyy-MM-dd HH:mm:ss}") : "",
            Published ? "" : ", not published",
            Fault is null ? "" : $", {Fault}",
            Feedback is null ? "" : $", feedback {Feedback}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{AlarmId}  {RaisedAt:yyyy-MM-dd HH:mm:ss}{(Clock == "synced" ? " " : "?")} {State,-23} {Severity,-8} {Kind} {Source}{more}");
    }
}
