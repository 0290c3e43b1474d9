using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.I2c;
using EdgeAgent.Sensors.Hardware.SystemDevice;
using EdgeAgent.Tests.Sensors.Hardware.I2c;

namespace EdgeAgent.Tests.Sensors.Hardware.SystemDevice;

/// <summary>The bus through System.Device.Gpio.</summary>
public sealed class SystemDeviceI2cBusTests : I2cBusContract
{
    private protected override II2cBus Bus(Dictionary<byte, FakeI2cChip> chips) =>
        new SystemDeviceI2cBus("/dev/i2c-1", address => new FakeI2cDevice(address, chips.GetValueOrDefault(address)));

    [Fact]
    public void A_bus_that_is_not_there_is_absent_by_the_packages_own_words()
    {
        Assert.Null(SystemDeviceI2cBus.Open(1023, out var bus));
        using (bus)
        {
            Assert.Equal(ReadFaultKind.Absent, bus!.Transfer(0x48, [0], new byte[1])!.Kind);
        }
    }
}
