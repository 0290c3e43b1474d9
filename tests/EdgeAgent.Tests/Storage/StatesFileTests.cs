using EdgeAgent.Core.Detection;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage;

public sealed class StatesFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StatesFile _file;

    public StatesFileTests() => _file = new StatesFile(_folder.Path);

    public void Dispose() => _folder.Dispose();

    internal static StoredStates States(string calibration, float flow = 130, float pressure = 3) => new(
        StoredStates.CurrentFormat, calibration, ManualTime.Start, "synced", "reference_in",
        [new ModeStates(null, new Dictionary<string, float[]> { ["reference_in"] = [flow, pressure] }, [new DriftMemory(60, true, 4, false), default])]);

    [Fact]
    public void What_was_written_is_read_to_the_last_bit()
    {
        var states = States("0003", flow: 1 / 3f);

        Assert.Null(_file.TryWrite(states));
        var read = _file.TryRead(out var why)!;

        Assert.Null(why);
        Assert.Equal("0003", read.Calibration);
        Assert.Equal(states.Modes[0].Tensors["reference_in"], read.Modes[0].Tensors["reference_in"]);
        Assert.Equal(states.Modes[0].Drift, read.Modes[0].Drift);
    }

    [Fact]
    public void A_file_that_was_never_written_is_no_fault()
    {
        Assert.Null(_file.TryRead(out var why));
        Assert.Null(why);
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("{\"format\":1,", "cannot be read")]
    [InlineData("{}", "holds no states")]
    [InlineData("{\"format\":9,\"calibration\":\"0001\",\"modes\":[]}", "has format 9")]
    public void A_broken_file_is_one_reason(string content, string reason)
    {
        File.WriteAllText(_file.FullPath, content);

        Assert.Null(_file.TryRead(out var why));
        Assert.Contains(reason, why);
        Assert.DoesNotContain('\n', why!);
    }

    [Fact]
    public void A_value_that_is_no_number_is_not_written_and_the_old_file_stays()
    {
        Assert.Null(_file.TryWrite(States("0001")));

        Assert.Contains("no number", _file.TryWrite(States("0001", flow: float.NaN)));
        Assert.Equal(130, _file.TryRead(out _)!.Modes[0].Tensors["reference_in"][0]);
    }
}
