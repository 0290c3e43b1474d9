using EdgeAgent.Configuration;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>Which sensors the simulated pump has, by role.</summary>
internal static class SimulatedSensors
{
    private static readonly Dictionary<string, (string Unit, Func<Gauss, int, SimulatedSensor> Make)> ByRole = new()
    {
        [ChannelRoles.Flow] = ("l/min", (gauss, _) => new SimulatedSensor(pump => pump.FlowLpm, 0.15, 0.15, 8, 0.1, gauss)),
        [ChannelRoles.Pressure] = ("bar", (gauss, _) => new SimulatedSensor(pump => pump.PressureBar, 0.006, 0.004, 6, 0.002, gauss)),
        [ChannelRoles.Current] = ("A", (gauss, _) => new SimulatedSensor(pump => pump.CurrentA, 0.010, 0.006, 10, 0.002, gauss)),
        [ChannelRoles.Vibration] = ("g", Vibration),
        [ChannelRoles.MotorTemperature] = ("°C", (gauss, _) => new SimulatedSensor(pump => pump.MotorC, 0.04, 0.02, 20, 0.02, gauss)),
        [ChannelRoles.FluidTemperature] = ("°C", (gauss, _) => new SimulatedSensor(pump => pump.FluidC, 0.012, 0.006, 20, 0.005, gauss)),
        [ChannelRoles.Voltage] = ("V", (gauss, _) => new SimulatedSensor(pump => pump.VoltageV, 0.3, 0.1, 5, 0.1, gauss)),
        ["speed"] = ("rpm", (gauss, _) => new SimulatedSensor(pump => pump.SpeedRpm, 1, 0.5, 5, 1, gauss)),
        ["level"] = ("m", (gauss, _) => new SimulatedSensor(pump => pump.LevelM, 0.001, 0.001, 10, 0.001, gauss)),
        ["torque"] = ("N·m", (gauss, _) => new SimulatedSensor(pump => pump.TorqueNm, 0.004, 0.002, 5, 0.001, gauss)),
        ["power"] = ("W", (gauss, _) => new SimulatedSensor(pump => pump.PowerW, 1.5, 1, 10, 0.5, gauss)),
        ["temperature"] = ("°C", (gauss, _) => new SimulatedSensor(pump => pump.AmbientC, 0.03, 0.02, 30, 0.02, gauss)),
    };

    public static IEnumerable<string> Roles => ByRole.Keys;

    /// <summary>The unit that the sensor of a role gives; null if there is no such sensor.</summary>
    public static string? UnitOf(string role) => ByRole.TryGetValue(role, out var sensor) ? sensor.Unit : null;

    /// <summary>One sensor per channel. The second, fourth, … vibration channel sits on the pump, the others on the motor.</summary>
    public static SimulatedSensor[] For(IReadOnlyList<ChannelOptions> channels, Gauss gauss)
    {
        var met = new Dictionary<string, int>();
        return [.. channels.Select(channel =>
        {
            var number = met[channel.Role] = met.GetValueOrDefault(channel.Role) + 1;
            return ByRole[channel.Role].Make(gauss, number);
        })];
    }

    private static SimulatedSensor Vibration(Gauss gauss, int number) => number % 2 == 1
        ? new SimulatedSensor(pump => pump.Vibration1G, 0.0003, 0.00015, 5, 0.00001, gauss)
        : new SimulatedSensor(pump => pump.Vibration2G, 0.0006, 0.0003, 5, 0.00001, gauss);
}
