using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Tests.Alarms;

/// <summary>An alarm book with a hand on the clock, and everything that it told.</summary>
internal sealed class BookTable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static readonly AlarmRules Rules = new(
        Latch: false, TimeSpan.FromSeconds(10), FloodAlarms: 3, TimeSpan.FromSeconds(60), TimeSpan.FromHours(8), ShelveCritical: false);

    private readonly ReplayIds _ids = new(new Random(1));

    public BookTable(AlarmRules? rules = null, string bootId = "boot-1", int channels = 8)
    {
        Channel[] list = [.. Enumerable.Range(0, channels).Select(i => new Channel($"C{i}", "flow", "l/min"))];
        var device = new DeviceIdentity("site", "device", "P-1", bootId);
        var decisions = new DecisionMaker(device, list, new ModelIdentity("model", "1", new string('0', 64)), TimeSpan.FromSeconds(59), _ids.Next);
        Book = new AlarmBook(rules ?? Rules, decisions, device, list);
    }

    public AlarmBook Book { get; }

    /// <summary>Seconds of readings, of the monotonic clock and, unless it is moved apart, of the wall clock.</summary>
    public double Second { get; set; }

    public TimeSpan WallOffset { get; set; }

    public Moment Now => new(Start.AddSeconds(Second) + WallOffset, Synced: true, TimeSpan.FromSeconds(1000 + Second));

    /// <summary>Everything that was told, in order.</summary>
    public List<AlarmDecision> Told { get; } = [];

    public AlarmDecision Last => Told[^1];

    public string[] Events => [.. Told.Select(told => (told.Decision?.Code is "alarm-flood" or "alarm-flood-ended" ? told.Decision.Code : told.Decision?.Event) ?? "state")];

    public AlarmDecision Machine(AlarmEvent happened, Severity severity = Severity.Warning)
    {
        Book.Follow(Seen([]) with { Alarm = new AlarmChange(happened, severity, 1.5, 1.5) }, Now, TimeSpan.FromSeconds(Second), Told);
        return Last;
    }

    public AlarmDecision Sensor(int channel, bool active, bool update = false)
    {
        Book.Follow(
            Seen([new HealthChange(channel, ChannelHealth.Missing, active, update, float.NaN)]), Now, TimeSpan.FromSeconds(Second), Told);
        return Last;
    }

    /// <summary>A reading that changes nothing.</summary>
    public void Read() => Book.Follow(Seen([]), Now, TimeSpan.FromSeconds(Second), Told);

    public void Pass() => Book.Pass(Now, Told);

    public AlarmAnswer Do(AlarmOperation operation, Guid alarm, string? who = "Kim", string? comment = null, double? minutes = null, AlarmSource? source = null) =>
        Book.Do(new AlarmRequest(operation, alarm, who, comment, minutes is { } m ? TimeSpan.FromMinutes(m) : null, source), Now, Told);

    private static Observation Seen(IReadOnlyList<HealthChange> changes) => new(
        Score: null, Threshold: 1, AlarmActive: false, ChannelHealth.Ok, changes, Alarm: null, Evidence: [], Mode: null, [], Notice: null);
}
