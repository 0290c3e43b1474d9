using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.Modbus;

/// <summary>One device on a line: a request for each of its readings.</summary>
internal sealed class ModbusDevice(ModbusSensorOptions options, ModbusLine line) : ISensorDevice
{
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);

    public ReadFault? Open() => line.Connect(_timeout);

    public ReadFault? Read(Span<double> values)
    {
        Span<ushort> registers = stackalloc ushort[2];
        for (var i = 0; i < values.Length; i++)
        {
            var reading = options.Readings[i];
            var asked = registers[..(reading.IsBit ? 1 : ModbusRegisters.CountOf(reading.Number))];
            if (line.Read(options.Unit, _timeout, reading.Table, reading.Address, asked) is { } fault)
            {
                return fault;
            }

            values[i] = reading.IsBit ? asked[0] : ModbusRegisters.Decode(asked, reading.Number, reading.Order ?? ModbusOrder.Abcd);
        }

        return null;
    }

    // Others that share the line are connected anew when they ask the next time.
    public void Dispose() => line.Disconnect();
}
