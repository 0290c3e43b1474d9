using EdgeAgent.Sensors.Hardware.I2c;

namespace EdgeAgent.Tests.Sensors.Hardware.I2c;

/// <summary>The bus that other tests stand on keeps the contract too.</summary>
public sealed class FakeI2cBusTests : I2cBusContract
{
    private protected override II2cBus Bus(Dictionary<byte, FakeI2cChip> chips)
    {
        var bus = new FakeI2cBus();
        foreach (var (address, chip) in chips)
        {
            bus.Chips[address] = chip;
        }

        return bus;
    }
}
