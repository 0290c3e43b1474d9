using System.Buffers.Binary;

namespace EdgeAgent.Core.Sampling;

/// <summary>Makes numbers of Modbus registers.</summary>
public static class ModbusRegisters
{
    /// <summary>How many registers a number takes.</summary>
    public static int CountOf(ModbusNumber number) => number is ModbusNumber.Uint16 or ModbusNumber.Int16 ? 1 : 2;

    /// <param name="registers">As many as the number takes, in the order of their addresses.</param>
    public static double Decode(ReadOnlySpan<ushort> registers, ModbusNumber number, ModbusOrder order)
    {
        var swapBytes = order is ModbusOrder.Badc or ModbusOrder.Dcba;
        var swapWords = order is ModbusOrder.Cdab or ModbusOrder.Dcba;
        var first = swapBytes ? BinaryPrimitives.ReverseEndianness(registers[0]) : registers[0];
        if (CountOf(number) == 1)
        {
            return number == ModbusNumber.Int16 ? (short)first : first;
        }

        var second = swapBytes ? BinaryPrimitives.ReverseEndianness(registers[1]) : registers[1];
        var bits = swapWords ? ((uint)second << 16) | first : ((uint)first << 16) | second;

        // A float cannot hold every number of 32 bits, so each arm is a double of its own.
        return number switch
        {
            ModbusNumber.Int32 => (double)(int)bits,
            ModbusNumber.Float32 => (double)BitConverter.UInt32BitsToSingle(bits),
            _ => (double)bits,
        };
    }
}
