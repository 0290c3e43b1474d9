using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.I2c;

namespace EdgeAgent.Tests.Sensors.Hardware.I2c;

/// <summary>What every bus does with a chip that has registers.</summary>
public abstract class I2cBusContract
{
    private const byte Address = 0x48;

    private protected FakeI2cChip Chip { get; } = new();

    private protected abstract II2cBus Bus(Dictionary<byte, FakeI2cChip> chips);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(32)]
    public void Registers_are_read_in_the_order_of_the_bus(int length)
    {
        var expected = Enumerable.Range(1, length).Select(i => (byte)i).ToArray();
        Chip.Set(0x10, expected);
        using var bus = Open();
        var data = new byte[length];

        Assert.Null(bus.Transfer(Address, [0x10], data));
        Assert.Equal(expected, data);
    }

    [Theory]
    [InlineData("0x10")]
    [InlineData("0x10aa")]
    [InlineData("0x10aabb")]
    [InlineData("0x10aabbccddee")]
    public void A_write_arrives_byte_by_byte(string bytes)
    {
        using var bus = Open();

        Assert.Null(bus.Transfer(Address, HexBytes.Parse(bytes), []));
        Assert.Equal(bytes, HexBytes.Format(Assert.Single(Chip.Writes)));
    }

    [Fact]
    public void A_chip_is_read_without_naming_a_register()
    {
        Chip.Set(0x20, 0x77);
        using var bus = Open();
        var data = new byte[1];

        Assert.Null(bus.Transfer(Address, [0x20], []));
        Assert.Null(bus.Transfer(Address, [], data));
        Assert.Equal(0x77, data[0]);
    }

    [Fact]
    public void An_address_that_nothing_acknowledges_is_a_fault_and_the_next_one_is_not()
    {
        using var bus = Open();

        Assert.Equal(ReadFaultKind.NoAnswer, bus.Transfer(0x49, [0], new byte[1])!.Kind);
        Assert.Null(bus.Transfer(Address, [0], new byte[1]));
    }

    private II2cBus Open() => Bus(new Dictionary<byte, FakeI2cChip> { [Address] = Chip });
}
