using EdgeAgent.Core.Detection;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using EdgeAgent.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Pipeline;

public sealed class StateKeeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StatesFile _file;
    private readonly StateKeeper _keeper;

    public StateKeeperTests()
    {
        _file = new StatesFile(_folder.Path);
        _keeper = new StateKeeper(_file, NullLogger<StateKeeper>.Instance);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void States_are_taken_for_the_calibration_that_they_grew_from_and_for_no_other()
    {
        _file.TryWrite(StatesFileTests.States("0002"));

        Assert.NotNull(_keeper.Find(Stored("0002"), Calibrations.Contract));
        Assert.Null(_keeper.Find(Stored("0001"), Calibrations.Contract));
        Assert.Null(_keeper.Find(Stored("0003"), Calibrations.Contract));
    }

    [Fact]
    public void A_version_with_an_accepted_level_goes_on_from_the_states_before_it_and_its_drift_is_over()
    {
        _file.TryWrite(StatesFileTests.States("0002"));

        var states = _keeper.Find(Stored("0003") with { BasedOn = "0002", Accepted = ["Flow"] }, Calibrations.Contract)!;
        Assert.Equal([130, 3], states[0].Tensors["reference_in"]);
        Assert.Equal([default, default], states[0].Drift);

        states = _keeper.Find(Stored("0003") with { BasedOn = "0002", Accepted = ["Pressure"] }, Calibrations.Contract)!;
        Assert.Equal([new DriftMemory(60, true, 4, false), default], states[0].Drift);
    }

    [Fact]
    public void States_of_another_shape_are_left_out()
    {
        var states = StatesFileTests.States("0002");
        _file.TryWrite(states with { Modes = [states.Modes[0] with { Tensors = new Dictionary<string, float[]> { ["reference_in"] = [1, 2, 3] } }] });

        Assert.Null(_keeper.Find(Stored("0002"), Calibrations.Contract));
    }

    private static StoredCalibration Stored(string id) => new(
        id, ManualTime.Start, "synced", CalibrationOrigin.Calibrate, null, null, "0.1.0", "center", "sigma", Calibrations.Make());
}
