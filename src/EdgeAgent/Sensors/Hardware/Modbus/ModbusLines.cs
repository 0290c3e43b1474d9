using EdgeAgent.Configuration;

namespace EdgeAgent.Sensors.Hardware.Modbus;

/// <summary>The lines of one source: sensors on the same wire share one, each device over TCP has its own.</summary>
internal sealed class ModbusLines
{
    private readonly Dictionary<string, ModbusLine> _serial = [];

    public ModbusLine Of(ModbusSensorOptions sensor)
    {
        if (sensor.Serial is not { } serial)
        {
            return new ModbusLine(sensor.Tcp!);
        }

        if (!_serial.TryGetValue(serial.Device, out var line))
        {
            _serial[serial.Device] = line = new ModbusLine(serial);
        }

        return line;
    }
}
