using System.Text;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Mqtt.HomeAssistant;

namespace EdgeAgent.Tests.Mqtt.HomeAssistant;

public sealed class HomeAssistantStateTests
{
    private static readonly AlarmSource Machine = AlarmSource.Machine("P-1");

    [Fact]
    public void Without_alarms_it_says_so() => Assert.Equal(
        """{"schema":"edgeagent/state/1","machineAlarm":false,"severity":"none","acknowledged":false,"sensorAlarms":[],"shelved":[]}""",
        Encoding.UTF8.GetString(HomeAssistantState.Of([]).Write()));

    [Theory]
    [InlineData(AlarmPhase.UnacknowledgedActive, true)]
    [InlineData(AlarmPhase.AcknowledgedActive, true)]
    [InlineData(AlarmPhase.LatchedUnacknowledged, true)]
    [InlineData(AlarmPhase.ReturnedUnacknowledged, false)]
    [InlineData(AlarmPhase.Normal, false)]
    public void An_alarm_is_shown_while_it_stands_or_is_latched(AlarmPhase phase, bool shown)
    {
        var state = HomeAssistantState.Of([new SourceState(Machine, Alarm(phase, Severity.Critical), Shelf: null)]);
        Assert.Equal((shown, shown ? "critical" : "none"), (state.MachineAlarm, state.Severity));
    }

    [Fact]
    public void Shelved_and_suppressed_alarms_are_not_shown()
    {
        var shelf = new AlarmShelf(Guid.Empty, ManualTime.Start, "boot", TimeSpan.FromHours(1), TimeSpan.FromHours(1), null, null);
        var state = HomeAssistantState.Of(
        [
            new SourceState(Machine, Alarm(AlarmPhase.UnacknowledgedActive), shelf),
            new SourceState(AlarmSource.Sensor("Flow"), Alarm(AlarmPhase.UnacknowledgedActive), Shelf: null),
            new SourceState(AlarmSource.Sensor("Current"), Alarm(AlarmPhase.UnacknowledgedActive) with { Suppressed = true }, Shelf: null),
        ]);
        Assert.False(state.MachineAlarm);
        Assert.Equal(["Flow"], state.SensorAlarms);
        Assert.Equal(["P-1"], state.Shelved);
    }

    [Fact]
    public void Devices_whose_names_join_to_the_same_text_are_different_ones()
    {
        static string Node(string site, string device) => new HomeAssistantDevice("homeassistant", "root", site, device, "P-1", "pump").Node;
        Assert.NotEqual(Node("a_b", "c"), Node("a", "b_c"));
        Assert.NotEqual(Node("a", "c"), Node("b", "c"));
        Assert.Matches("^[A-Za-z0-9_-]+$", Node("a", "c-1"));
    }

    private static AlarmRecord Alarm(AlarmPhase phase, Severity severity = Severity.Warning) =>
        new(Guid.Empty, phase, severity, Code: null, Score: null, ManualTime.Start);
}
