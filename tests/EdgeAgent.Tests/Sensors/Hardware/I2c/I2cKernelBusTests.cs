using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.I2c;

namespace EdgeAgent.Tests.Sensors.Hardware.I2c;

/// <summary>The kernel's bus with an adapter that moves messages.</summary>
public sealed class I2cKernelBusTests : I2cBusContract
{
    private readonly FakeI2cKernel _kernel = new(messages: true);

    private protected override II2cBus Bus(Dictionary<byte, FakeI2cChip> chips) => KernelBuses.Open(_kernel, chips);

    [Fact]
    public void A_register_with_a_number_of_two_bytes_is_read_in_one_transaction()
    {
        Chip.Set(0x01, 0x02, 0x55);
        using var bus = KernelBuses.Open(_kernel, new() { [0x48] = Chip });
        var data = new byte[1];

        Assert.Null(bus.Transfer(0x48, [0x01, 0x02], data));
        Assert.Equal([0x01, 0x02], Assert.Single(Chip.Writes));
    }

    [Fact]
    public void A_chip_that_a_driver_holds_is_left_alone_and_the_reason_said()
    {
        _kernel.Held.Add(0x48);
        using var bus = KernelBuses.Open(_kernel, new() { [0x48] = Chip });

        var fault = bus.Transfer(0x48, [0], new byte[1])!;

        Assert.Equal(ReadFaultKind.BusError, fault.Kind);
        Assert.Contains("a kernel driver holds the chip at 0x48", fault.Why, StringComparison.Ordinal);
        Assert.Empty(Chip.Writes);
    }

    [Fact]
    public void A_bus_that_is_not_there_is_absent()
    {
        var fault = I2cKernelBus.Open("/dev/i2c-1023", _kernel.Control, out var bus);

        Assert.Equal(ReadFaultKind.Absent, fault!.Kind);
        Assert.Null(bus);
    }

    [Fact]
    public void A_file_that_is_no_bus_is_told_as_such()
    {
        var fault = I2cKernelBus.Open("/dev/null", EdgeAgent.Sensors.Hardware.Linux.Libc.Control, out var bus);

        Assert.Equal(ReadFaultKind.BusError, fault!.Kind);
        Assert.Null(bus);
    }
}
