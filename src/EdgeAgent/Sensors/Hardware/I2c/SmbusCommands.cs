using System.Runtime.InteropServices;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.I2c;

/// <summary>
/// Says the same bytes in SMBus commands, for adapters that move nothing else: byte, byte data, word data, I2C block. A register must have
/// a number of one byte, because SMBus writes one before it reads.
/// </summary>
internal sealed class SmbusCommands(string path, int file, DeviceControl control)
{
    private const nuint Smbus = 0x0720;
    private const int LongestBlock = 32;

    // enum of linux/i2c.h.
    private const uint Byte = 1;
    private const uint ByteData = 2;
    private const uint WordData = 3;
    private const uint I2cBlock = 8;

    public unsafe ReadFault? Transfer(byte address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        var reading = read.Length > 0;
        if ((!reading && write.Length == 0) || (reading && write.Length > 1) || read.Length > LongestBlock || write.Length > LongestBlock + 1 || (reading && write.Length == 0 && read.Length > 1))
        {
            return new ReadFault(ReadFaultKind.BusError,
                $"{path}: this adapter knows SMBus alone, which has no command to write {write.Length} bytes and then read {read.Length}");
        }

        // union i2c_smbus_data: a word, or a block behind its length; in both the bytes stand in the order of the bus.
        var data = stackalloc byte[LongestBlock + 2];
        var moved = reading ? read.Length : write.Length - 1;
        var size = write.Length == 0 || moved == 0 ? Byte : moved == 1 ? ByteData : moved == 2 ? WordData : I2cBlock;
        var bytes = new Span<byte>(size == I2cBlock ? data + 1 : data, LongestBlock);
        data[0] = size == I2cBlock ? (byte)moved : (byte)0;
        if (!reading)
        {
            write[1..].CopyTo(bytes);
        }

        var command = new Command { Reads = reading ? (byte)1 : (byte)0, Register = write.Length > 0 ? write[0] : (byte)0, Size = size, Data = data };
        if (control(file, Smbus, (nint)(&command)) < 0)
        {
            return DeviceErrors.Fault(Libc.LastError, $"{path} 0x{address:x2}");
        }

        if (size == I2cBlock && data[0] != moved)
        {
            return new ReadFault(ReadFaultKind.ShortRead, $"{path} 0x{address:x2}: {data[0]} of {moved} bytes came");
        }

        bytes[..read.Length].CopyTo(read);
        return null;
    }

    /// <summary>struct i2c_smbus_ioctl_data of linux/i2c-dev.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Command
    {
        public byte Reads;
        public byte Register;
        public uint Size;
        public byte* Data;
    }
}
