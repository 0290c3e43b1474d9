using System.Globalization;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.Tests.Pipeline;

/// <summary>What a series of kills showed. The counts go, line by line, to the file that EDGEAGENT_COUNTS names, if it is set.</summary>
public sealed class KillTally(string name, int seed)
{
    /// <summary>The broker's receive maximum, so most that one crash may send again.</summary>
    public const int MostAgain = 64;

    /// <summary>What the broker of a series is told.</summary>
    public static readonly string ReceiveMaximum = $"max_inflight_messages {MostAgain}";

    private readonly List<double> _firstDecisions = [];

    public int Kills { get; private set; }

    /// <summary>How each start failed that did.</summary>
    public List<string> FailedStarts { get; } = [];

    /// <summary>Ids that a log called stored before the kill.</summary>
    public HashSet<Guid> Stored { get; } = [];

    /// <summary>How often the broker was taken down or brought back.</summary>
    public int Flaps { get; set; }

    public TimeSpan SlowestFirstDecision => TimeSpan.FromMilliseconds(_firstDecisions.DefaultIfEmpty().Max());

    public void Failed(string how)
    {
        FailedStarts.Add(how);
        Say($"{name}: failed start after {Kills} kills: {how}");
    }

    /// <param name="firstDecision">From the start of the process until the first decision was stored; null if the kill came before.</param>
    public void Killed(IEnumerable<Guid> stored, TimeSpan? firstDecision)
    {
        Kills++;
        Stored.UnionWith(stored);
        if (firstDecision is { } took)
        {
            _firstDecisions.Add(took.TotalMilliseconds);
        }
    }

    /// <summary>
    /// Asks, as often as one likes, whether everything that is stored by now was received; also what a kill kept from being
    /// logged, for that leaves a gap.
    /// </summary>
    public Func<Receipts, bool> AllReceived()
    {
        var open = Stored.ToHashSet();
        return receipts => open.RemoveWhere(receipts.Has) >= 0 && open.Count == 0 && !receipts.Gaps().Any();
    }

    /// <summary>Nothing that was stored is missing, nothing came changed, and no crash sent more again than was in flight.</summary>
    public void AssertKept(Receipts receipts)
    {
        Say(Line(receipts));
        Assert.Empty(FailedStarts);
        Assert.Equal(0, Stored.Count(id => !receipts.Has(id)));
        Assert.Empty(receipts.Gaps());
        Assert.Empty(receipts.Unequal);
        Assert.Empty(receipts.OutOfOrder);
        Assert.InRange(receipts.MostAfterOneSession, 0, MostAgain);
        Assert.True(Stored.Count > Kills, $"only {Stored.Count} decisions in {Kills} kills prove little");
    }

    public string Line(Receipts receipts) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {Kills} kills, {FailedStarts.Count} failed starts, broker down or up {Flaps} times, {Stored.Count} logged as stored, of these {Stored.Count(id => !receipts.Has(id))} not received; received {receipts.Distinct}, highest seq {receipts.HighestSeq}, gaps in seq {receipts.Gaps().Count()}, came changed {receipts.Unequal.Count}, out of order in an alarm {receipts.OutOfOrder.Count}; sent again {receipts.Duplicates} in {receipts.Sessions} sessions, at most {receipts.MostAfterOneSession} of one; first decision after a start, ms: p50 {Quantile(0.5):F0}, p95 {Quantile(0.95):F0}, p99 {Quantile(0.99):F0}, max {Quantile(1):F0} of {_firstDecisions.Count}; seed {seed}");

    public static void Say(string line)
    {
        if (Environment.GetEnvironmentVariable("EDGEAGENT_COUNTS") is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }

    private double Quantile(double share)
    {
        var sorted = _firstDecisions.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }
}
