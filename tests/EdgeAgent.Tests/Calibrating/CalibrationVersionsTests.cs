using System.Text.Json;
using EdgeAgent.Calibrating;
using EdgeAgent.Storage;
using EdgeAgent.Tests.Storage;

namespace EdgeAgent.Tests.Calibrating;

public sealed class CalibrationVersionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly CalibrationStore _store;

    public CalibrationVersionsTests() => _store = new CalibrationStore(_folder.Path);

    private CalibrationVersions Versions => new(_folder.Path, json: false, _output);

    private CalibrationVersions AsJson => new(_folder.Path, json: true, _output);

    private string? Active => _store.Active.TryRead(out _)?[0];

    public void Dispose()
    {
        _output.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_list_marks_the_active_one_and_shows_a_broken_one_with_its_reason()
    {
        Calibrations.Save(_store);
        Calibrations.Save(_store);
        File.WriteAllText(_store.PathOf("0001"), "{");

        Assert.Equal(ExitCodes.Done, await Versions.ListAsync());
        var lines = _output.ToString().Split('\n');
        Assert.StartsWith("  0001", lines[0]);
        Assert.Contains("cannot be read", lines[0]);
        Assert.StartsWith("* 0002", lines[1]);
        Assert.Contains("long-enough", lines[1]);
    }

    [Fact]
    public async Task The_list_is_one_json_document_even_when_there_is_nothing()
    {
        Assert.Equal(ExitCodes.Done, await AsJson.ListAsync());
        Assert.Equal("[]", _output.ToString().Trim());
    }

    [Fact]
    public async Task A_comparison_counts_shifts_in_sigma_of_the_older_one_in_both_orders()
    {
        Calibrations.Save(_store, flow: 100);
        Calibrations.Save(_store, flow: 110);

        await AsJson.CompareAsync("0001", "0002");
        await AsJson.CompareAsync("0002", "0001");
        var shifts = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("modes")[0].GetProperty("channels")[0].GetProperty("shiftSigma").GetDouble());

        Assert.Equal([2.5, -2.5], shifts);
    }

    [Fact]
    public async Task A_rollback_goes_back_one_step_at_a_time_and_to_any_version_by_name()
    {
        Calibrations.Save(_store);
        Calibrations.Save(_store);
        Calibrations.Save(_store);

        Assert.Equal(ExitCodes.Done, await Versions.RollbackAsync(null, loaded: null));
        Assert.Equal("0002", Active);
        Assert.Equal(ExitCodes.Done, await Versions.RollbackAsync("0003", loaded: null));
        Assert.Equal("0003", Active);
        Assert.Equal(ExitCodes.Done, await Versions.RollbackAsync(null, loaded: null));
        Assert.Equal(ExitCodes.Done, await Versions.RollbackAsync(null, loaded: null));
        Assert.Equal("0001", Active);
        Assert.Equal(ExitCodes.BadInput, await Versions.RollbackAsync(null, loaded: null));
        Assert.Equal("0001", Active);
    }

    [Fact]
    public async Task A_rollback_to_a_broken_or_absent_version_changes_nothing()
    {
        Calibrations.Save(_store);
        Calibrations.Save(_store);
        File.WriteAllText(_store.PathOf("0001"), "{");

        Assert.Equal(ExitCodes.BadInput, await Versions.RollbackAsync(null, loaded: null));
        Assert.Equal(ExitCodes.BadInput, await Versions.RollbackAsync("0009", loaded: null));
        Assert.Equal(ExitCodes.BadInput, await Versions.RollbackAsync("../active", loaded: null));
        Assert.Equal("0002", Active);
    }

    [Fact]
    public async Task An_accepted_level_is_a_new_version_with_the_references_as_its_levels_and_everything_else_unchanged()
    {
        Calibrations.Save(_store, flow: 100);
        new StatesFile(_folder.Path).TryWrite(StatesFileTests.States("0001", flow: 130, pressure: 3));

        Assert.Equal(ExitCodes.Done, await Versions.AcceptAsync(["Flow"], ManualTime.Start, synced: true));

        Assert.Equal("0002", Active);
        Assert.True(_store.TryRead("0002", out var made, out _));
        Assert.True(_store.TryRead("0001", out var old, out _));
        Assert.Equal((CalibrationOrigin.AcceptedLevel, "0001"), (made.Origin, made.BasedOn));
        Assert.Equal(["Flow"], made.Accepted);
        var (before, after) = (old.Calibration.Modes[0], made.Calibration.Modes[0]);
        Assert.Equal([130, 2], after.Baseline["center"]);
        Assert.Equal(before.Baseline["sigma"], after.Baseline["sigma"]);
        Assert.Equal(before.Threshold, after.Threshold);
        Assert.Contains("shift +7.50 sigma", _output.ToString());
    }

    [Fact]
    public async Task A_second_level_can_be_accepted_before_the_agent_has_run_on_the_first()
    {
        Calibrations.Save(_store, flow: 100);
        new StatesFile(_folder.Path).TryWrite(StatesFileTests.States("0001", flow: 130, pressure: 3));

        await Versions.AcceptAsync(["Flow"], ManualTime.Start, synced: true);
        Assert.Equal(ExitCodes.Done, await AsJson.AcceptAsync(["Pressure"], ManualTime.Start, synced: true));

        Assert.True(_store.TryRead("0003", out var made, out _));
        Assert.Equal([130, 3], made.Calibration.Modes[0].Baseline["center"]);
        Assert.Equal("0001", made.BasedOn);
        Assert.Contains("{\"active\":\"0003\",\"before\":\"0002\"}", _output.ToString());
    }

    [Theory]
    [InlineData("0007", "Flow")]
    [InlineData("0001", "No such channel")]
    public async Task States_of_another_calibration_or_an_unknown_channel_change_nothing(string calibration, string channel)
    {
        Calibrations.Save(_store);
        new StatesFile(_folder.Path).TryWrite(StatesFileTests.States(calibration));

        Assert.Equal(ExitCodes.BadInput, await Versions.AcceptAsync([channel], ManualTime.Start, synced: true));
        Assert.Equal(["0001"], _store.Ids());
    }

    [Fact]
    public async Task Without_states_there_is_no_level_to_accept()
    {
        Calibrations.Save(_store);

        Assert.Equal(ExitCodes.BadInput, await Versions.AcceptAsync([], ManualTime.Start, synced: true));
    }
}
