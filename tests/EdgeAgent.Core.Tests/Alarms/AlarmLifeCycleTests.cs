using EdgeAgent.Core.Alarms;
using static EdgeAgent.Core.Alarms.AlarmPhase;
using static EdgeAgent.Core.Alarms.AlarmStimulus;

namespace EdgeAgent.Core.Tests.Alarms;

public sealed class AlarmLifeCycleTests
{
    /// <summary>Every phase with every stimulus: what follows without a latch, and with one; null = not possible there.</summary>
    public static TheoryData<AlarmPhase, AlarmStimulus, AlarmPhase?, AlarmPhase?> Table => new()
    {
        { Normal, Raise, UnacknowledgedActive, UnacknowledgedActive },
        { Normal, Return, Normal, Normal },
        { Normal, Acknowledge, Normal, Normal },
        { Normal, Reset, null, null },
        { UnacknowledgedActive, Raise, UnacknowledgedActive, UnacknowledgedActive },
        { UnacknowledgedActive, Return, ReturnedUnacknowledged, LatchedUnacknowledged },
        { UnacknowledgedActive, Acknowledge, AcknowledgedActive, AcknowledgedActive },
        { UnacknowledgedActive, Reset, null, null },
        { AcknowledgedActive, Raise, AcknowledgedActive, AcknowledgedActive },
        { AcknowledgedActive, Return, Normal, LatchedAcknowledged },
        { AcknowledgedActive, Acknowledge, AcknowledgedActive, AcknowledgedActive },
        { AcknowledgedActive, Reset, null, null },
        { ReturnedUnacknowledged, Raise, UnacknowledgedActive, UnacknowledgedActive },
        { ReturnedUnacknowledged, Return, ReturnedUnacknowledged, ReturnedUnacknowledged },
        { ReturnedUnacknowledged, Acknowledge, Normal, Normal },
        { ReturnedUnacknowledged, Reset, null, null },
        { LatchedUnacknowledged, Raise, UnacknowledgedActive, UnacknowledgedActive },
        { LatchedUnacknowledged, Return, LatchedUnacknowledged, LatchedUnacknowledged },
        { LatchedUnacknowledged, Acknowledge, LatchedAcknowledged, LatchedAcknowledged },
        { LatchedUnacknowledged, Reset, ReturnedUnacknowledged, ReturnedUnacknowledged },
        { LatchedAcknowledged, Raise, UnacknowledgedActive, UnacknowledgedActive },
        { LatchedAcknowledged, Return, LatchedAcknowledged, LatchedAcknowledged },
        { LatchedAcknowledged, Acknowledge, LatchedAcknowledged, LatchedAcknowledged },
        { LatchedAcknowledged, Reset, Normal, Normal },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_stimulus_leads_where_the_standard_says(AlarmPhase phase, AlarmStimulus stimulus, AlarmPhase? unlatched, AlarmPhase? latching)
    {
        Assert.Equal(unlatched, AlarmLifeCycle.Next(phase, stimulus, latching: false));
        Assert.Equal(latching, AlarmLifeCycle.Next(phase, stimulus, latching: true));
    }

    [Fact]
    public void The_table_is_whole()
    {
        Assert.Equal(Enum.GetValues<AlarmPhase>().Length * Enum.GetValues<AlarmStimulus>().Length, Table.Count);
        Assert.Equal(Enum.GetValues<AlarmPhase>().Length, Enum.GetValues<AlarmPhase>().Select(phase => phase.Name()).Distinct().Count());
    }
}
