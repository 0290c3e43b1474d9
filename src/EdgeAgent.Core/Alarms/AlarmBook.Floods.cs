using System.Globalization;
using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Alarms;

/// <content>What is told of floods, and remembered of them over a restart.</content>
public sealed partial class AlarmBook
{
    /// <summary>Told, and not yet forgotten.</summary>
    private bool _floodIsOver;

    private AlarmDecision Flood(string code, Severity severity, int suppressed, Moment now)
    {
        var data = new Dictionary<string, string>
        {
            ["limit"] = _rules.FloodAlarms.ToString(CultureInfo.InvariantCulture),
            ["windowSeconds"] = _rules.FloodWindow.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ["suppressed"] = suppressed.ToString(CultureInfo.InvariantCulture),
        };

        // Nothing else tells receivers of these: a suppressed alarm stays so until it ends.
        var standing = _sensors.Where(sensor => Of(sensor) is { Stands: true, Alarm.Suppressed: true }).Select(sensor => sensor.Name).ToArray();
        if (standing.Length > 0)
        {
            data["standing"] = string.Join(", ", standing);
        }

        return new AlarmDecision(_decisions.Notice(code, severity, data, now), State: null, Published: true);
    }

    /// <summary>
    /// A restart must not find a flood that was told to be over, though alarms that it suppressed may still stand. One reading after it
    /// was told: a kill in between has it told twice, and never not at all.
    /// </summary>
    private void ForgetFlood(List<AlarmDecision> told)
    {
        var counted = _floodIsOver ? _states.Values.Where(state => state.Alarm is { FloodCount: > 0 }).ToArray() : [];
        foreach (var state in counted)
        {
            told.Add(new AlarmDecision(null, Keep(state with { Alarm = state.Alarm! with { FloodCount = 0 } }), Published: false));
        }

        _floodIsOver = false;
    }
}
