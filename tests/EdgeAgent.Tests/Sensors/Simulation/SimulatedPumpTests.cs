using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Simulation;

namespace EdgeAgent.Tests.Sensors.Simulation;

public sealed class SimulatedPumpTests
{
    private const int Healthy = 300;
    private const int Faulty = 1200;
    private const int Watched = 120;

    private static readonly DeviceConfig Config = Load();

    public static TheoryData<string, int, double> Faults()
    {
        var data = new TheoryData<string, int, double>();
        foreach (var fault in Config.FaultLibrary.Faults)
        {
            foreach (var (seed, severity) in new[] { (1, 1.0), (2, 0.8), (3, 0.6) })
            {
                data.Add(fault.Id, seed, severity);
            }
        }

        return data;
    }

    [Fact]
    public void It_can_have_every_fault_of_the_fault_library_and_no_other() =>
        Assert.Equal(Config.FaultLibrary.Faults.Select(fault => fault.Id).Order(), SimulatedFaults.Ids.Order());

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_moves_every_role_as_its_signature_says(string id, int seed, double severity)
    {
        var rows = Run(seed, Healthy + Faulty, new ScheduledFault { Fault = id, StartSeconds = Healthy, Severity = severity, RampSeconds = 30 });

        foreach (var (role, direction) in Config.FaultLibrary.Find(id)!.Signature)
        {
            foreach (var channel in Indices(role))
            {
                var before = rows.Take(Healthy).Select(row => (double)row[channel]).ToList();
                var after = rows.TakeLast(Watched).Average(row => row[channel]);
                var level = before.Average();
                var sigma = Math.Sqrt(before.Average(value => Math.Pow(value - level, 2)));
                var moved = (after - level) / sigma;
                var told = $"{id} {severity}: {Config.Options.Channels[channel].Name} {level:0.####} -> {after:0.####}, {moved:+0.0;-0.0} sigma, {direction}";
                Assert.True(direction switch { "up" => moved > 1.5, "down" => moved < -1.5, _ => Math.Abs(moved) < 1.5 || Math.Abs(after / level - 1) < 0.03 }, told);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void After_a_fault_the_fast_channels_return_to_normal(string id, int seed, double severity)
    {
        var rows = Run(
            seed, 1500, new ScheduledFault { Fault = id, StartSeconds = 300, DurationSeconds = 120, Severity = severity });

        foreach (var channel in new[] { "flow", "current", "vibration", "voltage" }.SelectMany(Indices))
        {
            var before = rows.Take(300).Average(row => row[channel]);
            var after = rows.TakeLast(300).Average(row => row[channel]);
            Assert.InRange(after, before * 0.98, before * 1.02);
        }
    }

    [Fact]
    public void A_healthy_pump_stays_where_it_is_for_hours()
    {
        const int Hour = 3600;
        var rows = Run(4, 8 * Hour);

        for (var i = 0; i < Config.Options.Channels.Count; i++)
        {
            var channel = Config.Options.Channels[i];
            var values = rows.Select(row => (double)row[i]).ToList();
            Assert.All(values, value => Assert.InRange(value, channel.Min!.Value, channel.Max!.Value));
            var first = values.Take(Hour).Average();
            var last = values.TakeLast(Hour).Average();
            var allowed = channel.Unit == "°C" ? 1.0 : 0.02 * first;
            Assert.True(Math.Abs(last - first) < allowed, $"{channel.Name} drifted from {first} to {last}");
        }
    }

    [Theory]
    [InlineData("flow", 32, 0.5)]
    [InlineData("pressure", 0.30, 0.02)]
    [InlineData("current", 1.3, 0.05)]
    [InlineData("vibration", 0.0265, 0.0005)]
    [InlineData("motor-temperature", 79, 2)]
    [InlineData("fluid-temperature", 26, 1)]
    [InlineData("voltage", 233, 2)]
    public void Its_levels_are_those_of_a_small_real_pump(string role, double level, double tolerance)
    {
        var channel = Indices(role).First();

        Assert.InRange(Run(1, 3600).Average(row => row[channel]), level - tolerance, level + tolerance);
    }

    [Fact]
    public void The_same_seed_gives_the_same_readings_and_another_seed_others()
    {
        Assert.Equal(Run(1, 50).SelectMany(row => row), Run(1, 50).SelectMany(row => row));
        Assert.NotEqual(Run(1, 50).SelectMany(row => row), Run(2, 50).SelectMany(row => row));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(100)]
    public void Its_levels_do_not_depend_on_how_often_it_is_read(double rateHz)
    {
        var simulation = new PumpSimulation(new SimulatedSourceOptions { Seed = 1 }, Config.Options.Channels, rateHz);
        var rows = Enumerable.Range(0, 2000).Select(_ => simulation.Next()).ToList();

        Assert.InRange(rows.Average(row => row[Indices("flow").First()]), 31.5, 32.5);
        Assert.InRange(rows.Average(row => row[Indices("motor-temperature").First()]), 78, 80);
    }

    private static IEnumerable<int> Indices(string role) =>
        Enumerable.Range(0, Config.Options.Channels.Count).Where(i => Config.Options.Channels[i].Role == role);

    private static List<float[]> Run(int seed, int seconds, params ScheduledFault[] faults)
    {
        var simulation = new PumpSimulation(new SimulatedSourceOptions { Seed = seed, Faults = faults }, Config.Options.Channels, 1);
        return [.. Enumerable.Range(0, seconds).Select(_ => simulation.Next())];
    }

    private static DeviceConfig Load()
    {
        Assert.True(ConfigLoader.TryLoad(
            Path.Combine(Repository.DeviceConfigs, "water-pump.json"), new Dictionary<string, string>(), ConfigUse.Offline, out var config, out var problems),
            string.Join("\n", problems));
        return config;
    }
}
