using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Tests.Alarms;

public sealed class AlarmBookTests
{
    private readonly BookTable _table = new();

    [Fact]
    public void An_alarm_keeps_its_id_from_raise_to_end_and_the_next_one_has_another()
    {
        var raised = _table.Machine(AlarmEvent.Raised).Decision!;
        var updated = _table.Machine(AlarmEvent.Updated, Severity.Critical).Decision!;
        var cleared = _table.Machine(AlarmEvent.Cleared, Severity.Critical).Decision!;
        var next = _table.Machine(AlarmEvent.Raised).Decision!;

        Assert.Equal(["raised", "updated", "cleared", "raised"], _table.Events);
        Assert.Equal([raised.AlarmId, raised.AlarmId], [updated.AlarmId, cleared.AlarmId]);
        Assert.NotEqual(raised.AlarmId, next.AlarmId);
        Assert.Equal(new AlarmStatus(true, false, false, null), raised.Alarm);
        Assert.Equal(new AlarmStatus(false, false, false, null), cleared.Alarm);
        Assert.Equal(AlarmPhase.UnacknowledgedActive, _table.Last.State!.Alarm!.Phase);
    }

    [Fact]
    public void An_acknowledgement_says_who_and_why_and_a_second_one_changes_nothing()
    {
        var alarm = _table.Machine(AlarmEvent.Raised).Decision!.AlarmId!.Value;

        Assert.Equal(AlarmVerdict.Done, _table.Do(AlarmOperation.Acknowledge, alarm, "Kim", "on my way").Verdict);
        var told = _table.Last.Decision!;
        Assert.Equal(("acknowledged", "Kim", "on my way"), (told.Event, told.Data!["who"], told.Data["comment"]));
        Assert.Equal(new AlarmStatus(true, true, false, null), told.Alarm);

        var again = _table.Do(AlarmOperation.Acknowledge, alarm, "Lee");
        Assert.Equal(AlarmVerdict.AlreadySo, again.Verdict);
        Assert.Contains("Kim", again.Text);
        Assert.Equal(["raised", "acknowledged"], _table.Events);

        Assert.Equal(new AlarmStatus(false, true, false, null), _table.Machine(AlarmEvent.Cleared).Decision!.Alarm);
        Assert.Equal(AlarmPhase.Normal, _table.Last.State!.Alarm!.Phase);
        Assert.Equal(AlarmVerdict.AlreadySo, _table.Do(AlarmOperation.Acknowledge, alarm).Verdict);
    }

    [Fact]
    public void What_nobody_saw_waits_for_an_acknowledgement_after_it_has_gone()
    {
        var alarm = _table.Sensor(2, active: true).Decision!.AlarmId!.Value;
        _table.Sensor(2, active: false);
        Assert.Equal(AlarmPhase.ReturnedUnacknowledged, _table.Last.State!.Alarm!.Phase);

        _table.Do(AlarmOperation.Acknowledge, alarm);

        Assert.Equal(AlarmPhase.Normal, _table.Last.State!.Alarm!.Phase);
        Assert.Equal(("C2", "sensor", "sensor-missing"), (_table.Last.Decision!.Data!["channel"], _table.Last.Decision.Kind, _table.Last.Decision.Code));
    }

    [Fact]
    public void A_latched_alarm_stays_until_it_is_reset_and_coming_back_is_no_new_alarm()
    {
        var table = new BookTable(BookTable.Rules with { Latch = true });
        var alarm = table.Machine(AlarmEvent.Raised).Decision!.AlarmId!.Value;
        Assert.Equal(AlarmVerdict.Refused, table.Do(AlarmOperation.Reset, alarm).Verdict);

        var returned = table.Machine(AlarmEvent.Cleared).Decision!;
        Assert.Equal(("updated", "latched-back-to-normal", alarm), (returned.Event, returned.Code, returned.AlarmId));
        Assert.Equal(new AlarmStatus(false, false, true, null), returned.Alarm);
        table.Do(AlarmOperation.Acknowledge, alarm);
        Assert.Equal(new AlarmStatus(false, true, true, null), table.Last.Decision!.Alarm);

        var again = table.Machine(AlarmEvent.Raised).Decision!;
        Assert.Equal(("updated", "raised-again", alarm), (again.Event, again.Code, again.AlarmId));
        Assert.Equal(new AlarmStatus(true, false, false, null), again.Alarm);

        table.Machine(AlarmEvent.Cleared);
        table.Do(AlarmOperation.Acknowledge, alarm);
        Assert.Equal(AlarmVerdict.Done, table.Do(AlarmOperation.Reset, alarm).Verdict);
        Assert.Equal(("reset", new AlarmStatus(false, true, false, null)), (table.Last.Decision!.Event, table.Last.Decision.Alarm));
        Assert.Equal(AlarmVerdict.Refused, table.Do(AlarmOperation.Reset, alarm).Verdict);
    }

    [Fact]
    public void Only_the_first_alarm_of_a_burst_is_marked_first_out()
    {
        var first = _table.Sensor(0, active: true).Decision!;
        _table.Second = 9;
        var second = _table.Machine(AlarmEvent.Raised).Decision!;
        _table.Second = 18;
        var third = _table.Sensor(1, active: true).Decision!;
        _table.Second = 28.5;
        var other = _table.Sensor(2, active: true).Decision!;

        Assert.Equal(["true", "false", "false", "true"], [.. new[] { first, second, third, other }.Select(decision => decision.Data!["firstOut"])]);
        Assert.Equal([first.AlarmId.ToString()!, first.AlarmId.ToString()!], [second.Data!["firstOutAlarm"], third.Data!["firstOutAlarm"]]);
    }

    [Fact]
    public void A_flood_of_sensor_alarms_is_told_once_counted_and_never_hides_the_machine()
    {
        for (var channel = 0; channel < 6; channel++)
        {
            _table.Sensor(channel, active: true);
        }

        Assert.Equal(["raised", "raised", "raised", "alarm-flood", "raised", "raised", "raised"], _table.Events);
        Assert.Equal([true, true, true, true, false, false, false], [.. _table.Told.Select(told => told.Published)]);
        Assert.True(_table.Machine(AlarmEvent.Raised).Published);
        Assert.False(_table.Sensor(5, active: false).Published);

        _table.Told.Clear();
        _table.Second = 59;
        _table.Read();
        Assert.Empty(_table.Told);
        _table.Second = 60;
        _table.Read();

        var ended = Assert.Single(_table.Told).Decision!;
        Assert.Equal(("alarm-flood-ended", "3", "C3, C4"), (ended.Code, ended.Data!["suppressed"], ended.Data["standing"]));
        Assert.False(_table.Sensor(3, active: false).Published);
        Assert.True(_table.Sensor(3, active: true).Published);
    }

    [Fact]
    public void A_flood_goes_on_over_a_restart_with_its_count_and_is_told_to_be_over_once()
    {
        for (var channel = 0; channel < 6; channel++)
        {
            _table.Sensor(channel, active: true);
            _table.Sensor(channel, active: false);
        }

        // Nothing that was suppressed stands any more, and still nobody was told that the flood is over.
        var later = Restarted(_table);
        Assert.False(later.Sensor(6, active: true).Published);
        Assert.Equal(["raised"], later.Events);
        later.Second = 59;
        later.Read();
        Assert.Equal(["raised"], later.Events);
        later.Second = 60;
        later.Read();

        var ended = later.Told[1].Decision!;
        Assert.Equal(("alarm-flood-ended", "4", "C6"), (ended.Code, ended.Data!["suppressed"], ended.Data["standing"]));

        // The suppressed one still stands after another restart; the flood does not.
        later.Second = 61;
        later.Read();
        Assert.Equal(["state", "state", "state", "state"], later.Events[2..]);
        var last = Restarted(later);
        last.Second = 200;
        last.Read();
        Assert.True(last.Sensor(1, active: true).Published);
        Assert.Equal(["raised"], last.Events);
    }

    [Fact]
    public void Without_a_limit_there_is_no_flood()
    {
        var table = new BookTable(BookTable.Rules with { FloodAlarms = 0 });
        for (var i = 0; i < 100; i++)
        {
            table.Sensor(i % 8, active: true);
            table.Sensor(i % 8, active: false);
        }

        Assert.All(table.Told, told => Assert.True(told.Published));
    }

    [Fact]
    public void An_unknown_alarm_and_a_bad_value_are_answered_and_decide_nothing()
    {
        var alarm = _table.Machine(AlarmEvent.Raised).Decision!.AlarmId!.Value;

        Assert.Equal(AlarmVerdict.UnknownAlarm, _table.Do(AlarmOperation.Acknowledge, Guid.Parse("00000000-0000-7000-8000-000000000000")).Verdict);
        Assert.Contains("control character", _table.Do(AlarmOperation.Acknowledge, alarm, "Kim\u001b[31m").Text);
        Assert.Contains("501 characters", _table.Do(AlarmOperation.Acknowledge, alarm, comment: new string('x', 501)).Text);
        Assert.Contains("480 min", _table.Do(AlarmOperation.Shelve, alarm, minutes: 481).Text);
        Assert.Equal(AlarmVerdict.BadRequest, _table.Do(AlarmOperation.Shelve, alarm, minutes: 0).Verdict);
        Assert.Equal(AlarmVerdict.BadRequest, _table.Do(AlarmOperation.Shelve, alarm).Verdict);
        Assert.Equal(["raised"], _table.Events);
    }

    private static BookTable Restarted(BookTable before)
    {
        var later = new BookTable();
        later.Book.Restore([.. before.Book.States], later.Now, later.Told);
        Assert.Empty(later.Told);
        return later;
    }
}
