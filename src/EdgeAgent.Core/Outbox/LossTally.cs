using System.Globalization;
using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Core.Outbox;

/// <summary>Losses that were not yet told, added up so that however many there are, one notice tells them.</summary>
public sealed class LossTally
{
    private readonly SortedDictionary<(string Reason, string Severity), Loss> _losses = [];

    public bool IsEmpty => _losses.Count == 0;

    public long Count => _losses.Values.Sum(loss => loss.Count);

    public IEnumerable<Loss> Losses => _losses.Values;

    public Severity Severity => CountOf("critical") > 0 ? Severity.Critical : Severity.Warning;

    public void Add(Loss loss) =>
        _losses[(loss.Reason, loss.Severity)] = _losses.TryGetValue((loss.Reason, loss.Severity), out var before) ? before.With(loss) : loss;

    public void Add(LossTally other)
    {
        foreach (var loss in other.Losses)
        {
            Add(loss);
        }
    }

    /// <summary>The data of the notice `records-lost`.</summary>
    public IReadOnlyDictionary<string, string> Data()
    {
        var all = _losses.Values.Aggregate((sum, loss) => sum.With(loss));
        var data = new Dictionary<string, string>
        {
            ["records"] = Text(Count),
            ["info"] = Text(CountOf("info")),
            ["warning"] = Text(CountOf("warning")),
            ["critical"] = Text(CountOf("critical")),
            ["why"] = string.Join(", ", _losses.Values.Select(loss => loss.Reason).Distinct()),
            ["from"] = Time(all.FirstMs),
            ["to"] = Time(all.LastMs),
        };
        if (all is { FirstSeq: { } first, LastSeq: { } last })
        {
            data["fromSeq"] = Text(first);
            data["toSeq"] = Text(last);
        }

        return data;
    }

    private long CountOf(string severity) => _losses.Values.Where(loss => loss.Severity == severity).Sum(loss => loss.Count);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("O", CultureInfo.InvariantCulture);
}
