using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class ModbusRegistersTests
{
    /// <summary>12.5 is 0x41480000 and −2 is 0xFFFFFFFE, in each order that devices send them in.</summary>
    [Theory]
    [InlineData(ModbusNumber.Float32, ModbusOrder.Abcd, 0x4148, 0x0000, 12.5)]
    [InlineData(ModbusNumber.Float32, ModbusOrder.Cdab, 0x0000, 0x4148, 12.5)]
    [InlineData(ModbusNumber.Float32, ModbusOrder.Badc, 0x4841, 0x0000, 12.5)]
    [InlineData(ModbusNumber.Float32, ModbusOrder.Dcba, 0x0000, 0x4841, 12.5)]
    [InlineData(ModbusNumber.Int32, ModbusOrder.Abcd, 0xFFFF, 0xFFFE, -2)]
    [InlineData(ModbusNumber.Int32, ModbusOrder.Cdab, 0xFFFE, 0xFFFF, -2)]
    [InlineData(ModbusNumber.Uint32, ModbusOrder.Abcd, 0xFFFF, 0xFFFE, 4294967294)]
    [InlineData(ModbusNumber.Uint32, ModbusOrder.Dcba, 0x0302, 0x0100, 0x00010203)]
    public void Two_registers_become_one_number(ModbusNumber number, ModbusOrder order, int first, int second, double expected)
    {
        Assert.Equal(2, ModbusRegisters.CountOf(number));
        Assert.Equal(expected, ModbusRegisters.Decode([(ushort)first, (ushort)second], number, order));
    }

    [Theory]
    [InlineData(ModbusNumber.Uint16, ModbusOrder.Abcd, 0xFF38, 65336)]
    [InlineData(ModbusNumber.Int16, ModbusOrder.Abcd, 0xFF38, -200)]
    [InlineData(ModbusNumber.Int16, ModbusOrder.Cdab, 0xFF38, -200)]
    [InlineData(ModbusNumber.Int16, ModbusOrder.Badc, 0x38FF, -200)]
    public void One_register_is_a_number_of_its_own(ModbusNumber number, ModbusOrder order, int register, double expected)
    {
        Assert.Equal(1, ModbusRegisters.CountOf(number));
        Assert.Equal(expected, ModbusRegisters.Decode([(ushort)register], number, order));
    }
}
