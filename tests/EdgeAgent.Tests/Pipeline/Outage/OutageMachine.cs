using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Signals;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Pipeline.Outage;

/// <summary>A machine and its eight sensors over weeks: at every step one thing happens to one alarm, or the agent has something to say.</summary>
internal sealed class OutageMachine(Random random)
{
    private static readonly string[] Roles = ["flow", "pressure", "current", "vibration", "vibration", "motor-temperature", "fluid-temperature", "voltage"];
    private static readonly ChannelHealth[] Faults = [ChannelHealth.Missing, ChannelHealth.OutOfRange, ChannelHealth.Stuck, ChannelHealth.Stale];

    public static IReadOnlyList<Channel> Channels { get; } = [.. Roles.Select((role, i) => new Channel($"Sensor {i + 1}", role, "unit"))];

    public static AlarmRules Rules { get; } = new(
        Latch: true, TimeSpan.FromSeconds(10), FloodAlarms: 0, TimeSpan.FromSeconds(60), TimeSpan.FromHours(8), ShelveCritical: false);

    /// <summary>Every decision, in the order in which it was made.</summary>
    public List<Decision> Made { get; } = [];

    /// <returns>One decision, ready to be stored.</returns>
    public OutboxItem Next(AlarmBook book, DecisionMaker decisions, Moment now)
    {
        var told = new List<AlarmDecision>();
        while (told.Count == 0)
        {
            switch (random.Next(10))
            {
                case 0:
                    Machine(book, now, told);
                    break;
                case < 8:
                    Sensor(book, random.Next(Channels.Count), now, told);
                    break;
                default:
                    told.Add(new AlarmDecision(decisions.Notice("drift", Severity.Info, new Dictionary<string, string> { ["channel"] = "Sensor 1" }, now), null, true));
                    break;
            }
        }

        var (decision, state, published) = told.Single();
        Made.Add(decision!);
        return new OutboxItem.ForDecision(decision!, state is null ? null : new AlarmEntry(state, published));
    }

    private void Machine(AlarmBook book, Moment now, List<AlarmDecision> told)
    {
        var alarm = book.States.SingleOrDefault(state => state.Source.IsMachine)?.Alarm;
        var severity = random.Next(3) == 0 ? Severity.Critical : Severity.Warning;
        if (alarm is null || !(alarm.Phase.IsActive() || alarm.Phase.IsLatched()))
        {
            Follow(book, new AlarmChange(AlarmEvent.Raised, severity, 1.5, 1.5), now, told);
        }
        else if (alarm.Acknowledged is null)
        {
            book.Do(new AlarmRequest(AlarmOperation.Acknowledge, alarm.Id, "Kim", "on my way"), now, told);
        }
        else if (alarm.Phase.IsLatched())
        {
            book.Do(new AlarmRequest(AlarmOperation.Reset, alarm.Id, "Kim", null), now, told);
        }
        else
        {
            Follow(book, new AlarmChange(random.Next(2) == 0 ? AlarmEvent.Updated : AlarmEvent.Cleared, severity, 1.7, 1.9), now, told);
        }
    }

    private void Sensor(AlarmBook book, int channel, Moment now, List<AlarmDecision> told)
    {
        var alarm = book.States.SingleOrDefault(state => state.Source == AlarmSource.Sensor(Channels[channel].Name))?.Alarm;
        var fault = Faults[random.Next(Faults.Length)];
        if (alarm is null || !alarm.Phase.IsActive())
        {
            Follow(book, new HealthChange(channel, fault, Active: true, IsUpdate: false, 1.25f), now, told);
        }
        else if (alarm.Acknowledged is null && random.Next(2) == 0)
        {
            book.Do(new AlarmRequest(AlarmOperation.Acknowledge, alarm.Id, "Kim", null), now, told);
        }
        else
        {
            var ends = random.Next(2) == 0;
            Follow(book, new HealthChange(channel, fault, Active: !ends, IsUpdate: !ends, 1.25f), now, told);
        }
    }

    private static void Follow(AlarmBook book, AlarmChange change, Moment now, List<AlarmDecision> told) =>
        book.Follow(Seen([]) with { Alarm = change, Evidence = Evidence() }, now, now.SinceBoot, told);

    private static void Follow(AlarmBook book, HealthChange change, Moment now, List<AlarmDecision> told) =>
        book.Follow(Seen([change]), now, now.SinceBoot, told);

    private static Observation Seen(IReadOnlyList<HealthChange> changes) => new(
        Score: null, Threshold: 1, AlarmActive: false, ChannelHealth.Ok, changes, Alarm: null, Evidence: [], Mode: null, [], Notice: null);

    private static List<Evidence> Evidence() =>
        [.. Channels.Select(channel => new Evidence(channel.Name, channel.Role, channel.Unit, "mean", 31.3, 32.04, -3.72, "falling", 7))];
}
