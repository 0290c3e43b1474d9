using System.Globalization;
using System.Text.RegularExpressions;
using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>A scheduled fault as it is written on the command line: <c>leak@600+120</c> or <c>leak@600+120*0.5</c>.</summary>
internal static partial class FaultArgument
{
    /// <summary>How the argument is written.</summary>
    public const string Form = "ID@START+DURATION or ID@START+DURATION*SEVERITY, in seconds and 0..1";

    /// <param name="known">The faults that the simulated machine can have.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Parse(string text, IReadOnlyList<string> known, out ScheduledFault? fault)
    {
        fault = null;
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return $"found {text}, allowed: {Form}";
        }

        var severity = match.Groups["severity"].Success ? Number(match.Groups["severity"]) : 1;
        var duration = Number(match.Groups["duration"]);
        if (severity > 1 || duration <= 0)
        {
            return $"found {text}, allowed: a duration above 0 and a severity 0..1";
        }

        var id = match.Groups["id"].Value;
        if (!known.Contains(id))
        {
            var meant = SimilarName.Among(known, id) is { } nearest ? $" (did you mean {nearest}?)" : "";
            return $"found {id}{meant}, allowed: {string.Join(", ", known)}";
        }

        fault = new ScheduledFault { Fault = id, StartSeconds = Number(match.Groups["start"]), DurationSeconds = duration, Severity = severity };
        return null;
    }

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<id>[a-z0-9-]+)@(?<start>\d{1,9}(\.\d{1,9})?)\+(?<duration>\d{1,9}(\.\d{1,9})?)(\*(?<severity>\d(\.\d{1,9})?))?\z")]
    private static partial Regex Pattern();
}
