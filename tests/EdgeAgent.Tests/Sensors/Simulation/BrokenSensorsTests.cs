using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Simulation;

namespace EdgeAgent.Tests.Sensors.Simulation;

public sealed class BrokenSensorsTests
{
    private static readonly ChannelOptions[] Channels =
    [
        new() { Name = "Flow", Role = "flow", Unit = "l/min", Max = 250 },
        new() { Name = "Pressure", Role = "pressure", Unit = "bar" },
    ];

    [Fact]
    public void A_stuck_sensor_repeats_its_last_value_and_then_lives_again()
    {
        var rows = Run(new ScheduledSensorFault { Sensor = "Pressure", Kind = SensorFaultKind.Stuck, StartSeconds = 50, DurationSeconds = 50 });

        Assert.Single(rows.Skip(49).Take(51).Select(row => row[1]).Distinct());
        Assert.True(rows.Skip(100).Select(row => row[1]).Distinct().Count() > 10);
    }

    [Fact]
    public void A_missing_sensor_gives_no_number()
    {
        var rows = Run(new ScheduledSensorFault { Sensor = "Flow", Kind = SensorFaultKind.Missing, StartSeconds = 100 });

        Assert.All(rows.Take(100), row => Assert.True(float.IsFinite(row[0])));
        Assert.All(rows.Skip(100), row => Assert.True(float.IsNaN(row[0]) && float.IsFinite(row[1])));
    }

    [Theory]
    [InlineData("Flow", null, 500f)]
    [InlineData("Pressure", null, 9999f)]
    [InlineData("Flow", -7.5, -7.5f)]
    public void An_out_of_range_sensor_shows_what_no_sensor_can(string sensor, double? value, float expected)
    {
        var rows = Run(new ScheduledSensorFault { Sensor = sensor, Kind = SensorFaultKind.OutOfRange, StartSeconds = 10, DurationSeconds = 1, Value = value });

        Assert.Equal(expected, rows[10][sensor == "Flow" ? 0 : 1]);
        Assert.NotEqual(expected, rows[11][sensor == "Flow" ? 0 : 1]);
    }

    private static List<float[]> Run(ScheduledSensorFault fault)
    {
        var simulation = new PumpSimulation(new SimulatedSourceOptions { SensorFaults = [fault] }, Channels, 1);
        return [.. Enumerable.Range(0, 200).Select(_ => simulation.Next())];
    }
}
