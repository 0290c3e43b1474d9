using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Tests.Alarms;

public sealed class AlarmShelfTests
{
    private readonly BookTable _table = new();

    [Fact]
    public void A_shelved_source_is_decided_and_not_published_until_its_time_is_over()
    {
        var alarm = _table.Machine(AlarmEvent.Raised).Decision!.AlarmId!.Value;
        Assert.Equal(AlarmVerdict.Done, _table.Do(AlarmOperation.Shelve, alarm, minutes: 10).Verdict);
        Assert.True(_table.Last.Published);
        Assert.Equal("600", _table.Last.Decision!.Data!["forSeconds"]);
        Assert.Equal(_table.Now.At.AddMinutes(10), _table.Last.Decision.Alarm!.ShelvedUntil);

        Assert.False(_table.Machine(AlarmEvent.Cleared).Published);
        var next = _table.Machine(AlarmEvent.Raised);
        Assert.False(next.Published);
        _table.Second = 599.9;
        _table.Pass();
        Assert.Equal(["raised", "shelved", "cleared", "raised", "state"], _table.Events);
        _table.Second = 600;
        _table.Pass();

        var over = _table.Last.Decision!;
        Assert.Equal(("unshelved", "time-over", next.Decision!.AlarmId), (over.Event, over.Data!["reason"], over.AlarmId));
        Assert.Equal(new AlarmStatus(true, false, false, null), over.Alarm);
        Assert.True(_table.Machine(AlarmEvent.Cleared).Published);
    }

    [Fact]
    public void What_was_raised_under_a_shelf_and_still_stands_is_told_with_all_its_findings_when_the_shelf_ends()
    {
        _table.Do(AlarmOperation.Shelve, _table.Machine(AlarmEvent.Raised).Decision!.AlarmId!.Value, minutes: 10);
        _table.Machine(AlarmEvent.Cleared);
        _table.Machine(AlarmEvent.Raised);
        var hidden = _table.Machine(AlarmEvent.Updated);
        Assert.False(hidden.Published);

        // Over a restart, too.
        var later = new BookTable { Second = 600 };
        later.Book.Restore([.. _table.Book.States], later.Now, later.Told);
        later.Pass();

        var told = later.Last.Decision!;
        Assert.Equal(("unshelved", "true", "warning"), (told.Event, told.Data!["raisedWhileShelved"], told.Severity));
        Assert.Equal(new AlarmStatus(true, false, false, null), told.Alarm);
        var meant = hidden.Decision!;
        Assert.Equal((meant.AlarmId, meant.Score, meant.Threshold, meant.Window), (told.AlarmId, told.Score, told.Threshold, told.Window));
        Assert.Equal((meant.EvidenceVersion, meant.Evidence, meant.Models), (told.EvidenceVersion, told.Evidence, told.Models));
        Assert.NotNull(told.Evidence);

        // It is told once.
        later.Do(AlarmOperation.Shelve, told.AlarmId!.Value, minutes: 10);
        later.Do(AlarmOperation.Unshelve, told.AlarmId!.Value);
        Assert.Null(later.Last.Decision!.Evidence);
        Assert.DoesNotContain("raisedWhileShelved", later.Last.Decision.Data!.Keys);
    }

    [Fact]
    public void The_end_of_a_shelf_repeats_nothing_that_was_heard_of_or_is_over()
    {
        var heard = _table.Machine(AlarmEvent.Raised).Decision!.AlarmId!.Value;
        _table.Do(AlarmOperation.Shelve, heard, minutes: 10);
        _table.Machine(AlarmEvent.Updated);
        _table.Do(AlarmOperation.Unshelve, heard);
        Assert.Null(_table.Last.Decision!.Evidence);
        Assert.DoesNotContain("raisedWhileShelved", _table.Last.Decision.Data!.Keys);

        _table.Do(AlarmOperation.Shelve, heard, minutes: 10);
        _table.Machine(AlarmEvent.Cleared);
        var unheard = _table.Machine(AlarmEvent.Raised).Decision!.AlarmId!.Value;
        _table.Machine(AlarmEvent.Cleared);
        _table.Do(AlarmOperation.Unshelve, unheard);
        Assert.Equal(new AlarmStatus(false, false, false, null), _table.Last.Decision!.Alarm);
        Assert.Null(_table.Last.Decision.Evidence);
        Assert.DoesNotContain("raisedWhileShelved", _table.Last.Decision.Data!.Keys);
    }

    [Fact]
    public void A_sensor_alarm_that_was_raised_under_a_shelf_says_so_with_its_channel_and_code()
    {
        var first = _table.Sensor(1, active: true).Decision!.AlarmId!.Value;
        _table.Do(AlarmOperation.Shelve, first, minutes: 10);
        _table.Sensor(1, active: false);
        var second = _table.Sensor(1, active: true).Decision!;

        _table.Do(AlarmOperation.Unshelve, first);

        var told = _table.Last.Decision!;
        Assert.Equal((second.AlarmId, "sensor-missing", "C1", "true"), (told.AlarmId, told.Code, told.Data!["channel"], told.Data["raisedWhileShelved"]));
    }

    [Fact]
    public void Somebody_can_end_a_shelf_by_the_alarm_that_it_was_made_by_or_by_the_latest_one()
    {
        var first = _table.Sensor(1, active: true).Decision!.AlarmId!.Value;
        _table.Do(AlarmOperation.Shelve, first, minutes: 10);
        _table.Sensor(1, active: false);
        _table.Sensor(1, active: true);

        Assert.Equal(AlarmVerdict.Done, _table.Do(AlarmOperation.Unshelve, first).Verdict);
        Assert.Equal(("asked", "Kim"), (_table.Last.Decision!.Data!["reason"], _table.Last.Decision.Data["who"]));
        Assert.Equal(AlarmVerdict.AlreadySo, _table.Do(AlarmOperation.Unshelve, _table.Last.Decision.AlarmId!.Value).Verdict);
        Assert.Equal(AlarmVerdict.UnknownAlarm, _table.Do(AlarmOperation.Acknowledge, first).Verdict);
    }

    [Fact]
    public void A_source_is_shelved_by_an_alarm_that_it_had_earlier_and_only_its_latest_is_acknowledged()
    {
        var first = _table.Sensor(1, active: true).Decision!.AlarmId!.Value;
        _table.Sensor(1, active: false);
        var latest = _table.Sensor(1, active: true).Decision!.AlarmId!.Value;

        var late = _table.Do(AlarmOperation.Acknowledge, first, source: AlarmSource.Sensor("C1"));
        Assert.Equal(AlarmVerdict.UnknownAlarm, late.Verdict);
        Assert.Contains(latest.ToString(), late.Text, StringComparison.Ordinal);
        Assert.Equal(AlarmVerdict.UnknownAlarm, _table.Do(AlarmOperation.Shelve, first, minutes: 10, source: AlarmSource.Sensor("C2")).Verdict);
        Assert.Equal(AlarmVerdict.Done, _table.Do(AlarmOperation.Shelve, first, minutes: 10, source: AlarmSource.Sensor("C1")).Verdict);
        Assert.Equal(("shelved", latest), (_table.Last.Decision!.Event, _table.Last.Decision.AlarmId));
        Assert.False(_table.Sensor(1, active: false).Published);
        Assert.Equal(AlarmVerdict.Done, _table.Do(AlarmOperation.Unshelve, first, source: AlarmSource.Sensor("C1")).Verdict);
    }

    [Fact]
    public void An_alarm_can_be_acknowledged_while_it_is_shelved_and_that_is_published()
    {
        var alarm = _table.Machine(AlarmEvent.Raised).Decision!.AlarmId!.Value;
        _table.Do(AlarmOperation.Shelve, alarm, minutes: 10);

        Assert.Equal(AlarmVerdict.Done, _table.Do(AlarmOperation.Acknowledge, alarm).Verdict);
        Assert.True(_table.Last.Published);
        Assert.True(_table.Last.Decision!.Alarm is { Acknowledged: true, ShelvedUntil: not null });
    }

    [Fact]
    public void A_critical_machine_alarm_cannot_be_shelved_and_one_that_grows_critical_comes_off_the_shelf()
    {
        var alarm = _table.Machine(AlarmEvent.Raised).Decision!.AlarmId!.Value;
        _table.Do(AlarmOperation.Shelve, alarm, minutes: 10);
        Assert.True(_table.Machine(AlarmEvent.Updated, Severity.Critical).Published);

        Assert.Equal(["raised", "shelved", "unshelved", "updated"], _table.Events);
        Assert.Equal("grew-critical", _table.Told[2].Decision!.Data!["reason"]);
        Assert.Equal(AlarmVerdict.Refused, _table.Do(AlarmOperation.Shelve, alarm, minutes: 10).Verdict);

        var lenient = new BookTable(BookTable.Rules with { ShelveCritical = true });
        alarm = lenient.Machine(AlarmEvent.Raised, Severity.Critical).Decision!.AlarmId!.Value;
        Assert.Equal(AlarmVerdict.Done, lenient.Do(AlarmOperation.Shelve, alarm, minutes: 10).Verdict);
    }

    [Theory]
    [InlineData("boot-1", 0, 8 * 60)] // Restarted: the monotonic clock goes on.
    [InlineData("boot-1", 1e6, 8 * 60)] // And the wall clock may jump as it likes.
    [InlineData("boot-2", 0, 8 * 60)] // Rebooted: the wall clock says how long the power was off.
    [InlineData("boot-2", 3, 5 * 60)]
    [InlineData("boot-2", 60, 0)]
    [InlineData("boot-2", 2_600_000, 0)] // Five years on: shelved too short rather than too long.
    [InlineData("boot-2", -29_000_000, 10 * 60)] // 1970: never longer than what remained when it was last stored.
    public void A_shelf_lasts_for_its_remaining_time_whatever_the_clocks_do(string bootId, double wallMinutes, double leftSeconds)
    {
        _table.Do(AlarmOperation.Shelve, _table.Sensor(0, active: true).Decision!.AlarmId!.Value, minutes: 10);
        var stored = _table.Book.States.ToArray();

        var later = new BookTable(bootId: bootId) { Second = 120, WallOffset = TimeSpan.FromMinutes(wallMinutes) };
        later.Book.Restore(stored, later.Now, later.Told);
        Assert.Empty(later.Told);
        later.Second = 120 + leftSeconds - 1;
        later.Pass();
        Assert.DoesNotContain("unshelved", leftSeconds > 0 ? later.Events : []);
        later.Second = 120 + leftSeconds;
        later.Pass();
        Assert.Equal("unshelved", later.Events[^1]);
    }

    [Fact]
    public void After_a_restart_an_alarm_goes_on_under_its_id_acknowledged_as_it_was()
    {
        var alarm = _table.Machine(AlarmEvent.Raised).Decision!.AlarmId!.Value;
        _table.Do(AlarmOperation.Acknowledge, alarm);
        _table.Sensor(4, active: true);

        var later = new BookTable();
        later.Book.Restore([.. _table.Book.States], later.Now, later.Told);
        Assert.Empty(later.Told);
        Assert.Equal(AlarmVerdict.AlreadySo, later.Do(AlarmOperation.Acknowledge, alarm).Verdict);
        var cleared = later.Machine(AlarmEvent.Cleared).Decision!;
        Assert.Equal((alarm, true), (cleared.AlarmId!.Value, cleared.Alarm!.Acknowledged));
    }

    [Fact]
    public void An_alarm_of_a_channel_that_the_config_no_longer_names_ends()
    {
        var alarm = _table.Sensor(7, active: true).Decision!.AlarmId;

        var later = new BookTable(channels: 7);
        later.Book.Restore([.. _table.Book.States], later.Now, later.Told);

        var ended = Assert.Single(later.Told);
        Assert.Equal(("cleared", alarm, "source-removed", "C7"), (ended.Decision!.Event, ended.Decision.AlarmId, ended.Decision.Data!["reason"], ended.Decision.Data["channel"]));
        Assert.True(ended.State!.IsEmpty);
        Assert.Empty(later.Book.States);
    }
}
