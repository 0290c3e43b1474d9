using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Csv;
using EdgeAgent.Sensors.Simulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Sensors.Simulation;

public sealed class SimulateRunTests : IDisposable
{
    private static readonly string Config = Path.Combine(Repository.DeviceConfigs, "demo-pump.json");

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => _folder.Dispose();

    private string Output => Path.Combine(_folder.Path, "out.csv");

    [Fact]
    public async Task The_recording_says_what_is_wrong_when_and_can_be_read_back()
    {
        Assert.Equal(ExitCodes.Done, Run(120, "leak@50+20*0.5", "rotor-imbalance@60+5"));

        var lines = File.ReadAllLines(Output);
        Assert.Equal("datetime;Flow;Pressure;Motor current;Vibration 1;Vibration 2;Motor temperature;Fluid temperature;Voltage;fault", lines[0]);
        Assert.Equal(121, lines.Length);
        var labels = lines.Skip(1).Select(line => line.Split(';')[^1]).ToList();
        Assert.All(labels.Take(50), Assert.Empty);
        Assert.Equal("leak", labels[50]);
        Assert.Equal("leak + rotor-imbalance", labels[60]);
        Assert.Equal("", labels[70]);
        Assert.Equal(120, await CountReadableRowsAsync());
    }

    [Fact]
    public void The_same_command_writes_the_same_bytes()
    {
        Run(60);
        var first = File.ReadAllBytes(Output);
        Run(60);

        Assert.Equal(first, File.ReadAllBytes(Output));
    }

    [Theory]
    [InlineData("leek@50+20", "--fault: found leek (did you mean leak?), allowed: suction-restriction")]
    [InlineData("leak", "--fault: found leak, allowed: ID@START+DURATION")]
    [InlineData("leak@1+0", "--fault: found leak@1+0, allowed: a duration above 0")]
    [InlineData("leak@1+5*2", "--fault: found leak@1+5*2, allowed: a duration above 0 and a severity 0..1")]
    public void A_wrong_fault_is_told_in_one_line(string fault, string start)
    {
        Assert.Equal(ExitCodes.BadInput, Run(60, fault));
        Assert.StartsWith(start, _errors.ToString());
        Assert.Single(_errors.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_wrong_time_an_unwritable_file_and_a_missing_config_are_bad_input()
    {
        Assert.Equal(ExitCodes.BadInput, Run(0));
        Assert.Equal(ExitCodes.BadInput, new SimulateRun(_errors, new Dictionary<string, string>()).Run(
            new SimulateRequest(Config, 10, [], Path.Combine(_folder.Path, "no", "out.csv")), CancellationToken.None));
        Assert.Equal(ExitCodes.BadInput, new SimulateRun(_errors, new Dictionary<string, string>()).Run(
            new SimulateRequest("no.json", 10, [], Output), CancellationToken.None));
        Assert.Equal(3, _errors.ToString().TrimEnd().Split('\n').Length);
    }

    private int Run(double seconds, params string[] faults) =>
        new SimulateRun(_errors, new Dictionary<string, string>()).Run(new SimulateRequest(Config, seconds, faults, Output), CancellationToken.None);

    private async Task<int> CountReadableRowsAsync()
    {
        Assert.True(ConfigLoader.TryLoad(Config, new Dictionary<string, string>(), ConfigUse.Offline, out var config, out _));
        Assert.True(CsvSensorSource.TryOpen(
            Output, new CsvFormat(null, null, 1), config.Options.Channels, 0, TimeProvider.System, NullLogger.Instance, out var source, out _));
        using var opened = source;
        var rows = 0;
        await foreach (var frame in opened.ReadAsync(CancellationToken.None))
        {
            Assert.All(frame.Values, value => Assert.True(float.IsFinite(value)));
            Assert.Equal(rows++, frame.Monotonic.TotalSeconds);
        }

        return rows;
    }
}
