using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.I2c;

namespace EdgeAgent.Tests.Sensors.Hardware.I2c;

/// <summary>The kernel's bus with an adapter that knows SMBus alone, as i2c-stub is one.</summary>
public sealed class I2cKernelBusOverSmbusTests : I2cBusContract
{
    private readonly FakeI2cKernel _kernel = new(messages: false);

    private protected override II2cBus Bus(Dictionary<byte, FakeI2cChip> chips) => KernelBuses.Open(_kernel, chips);

    [Fact]
    public void What_smbus_has_no_command_for_is_said()
    {
        using var bus = KernelBuses.Open(_kernel, new() { [0x48] = Chip });

        var fault = bus.Transfer(0x48, [0x01, 0x02], new byte[2])!;

        Assert.Equal(ReadFaultKind.BusError, fault.Kind);
        Assert.EndsWith("has no command to write 2 bytes and then read 2", fault.Why);
        Assert.Empty(Chip.Writes);
    }
}
