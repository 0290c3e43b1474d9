using System.Device.I2c;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.I2c;
using EdgeAgent.Sensors.Hardware.SystemDevice;

namespace EdgeAgent.Sensors.Hardware.Bindings;

/// <summary>Lets the chips of Iot.Device.Bindings speak through the agent's own bus, so that a fault says what it says everywhere.</summary>
/// <param name="bus">Stays its owner's.</param>
internal sealed class PortI2cDevice(II2cBus bus, int number, byte address) : I2cDevice
{
    public override I2cConnectionSettings ConnectionSettings { get; } = new(number, address);

    public override void Read(Span<byte> buffer) => Demand(bus.Transfer(address, [], buffer));

    public override void Write(ReadOnlySpan<byte> buffer) => Demand(bus.Transfer(address, buffer, []));

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => Demand(bus.Transfer(address, writeBuffer, readBuffer));

    private static void Demand(ReadFault? fault)
    {
        if (fault is not null)
        {
            throw new BusException(fault);
        }
    }
}
