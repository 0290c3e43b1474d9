using System.Runtime.InteropServices;

namespace EdgeAgent.Tests.Sensors.Hardware.I2c;

/// <summary>
/// What the kernel makes of an ioctl on /dev/i2c-N, read byte by byte from the structures of linux/i2c.h and linux/i2c-dev.h as they lie in
/// memory on a 64-bit system, over chips in memory.
/// </summary>
/// <param name="messages">Whether the adapter can I2C_RDWR; otherwise it knows SMBus alone, as i2c-stub does.</param>
internal sealed class FakeI2cKernel(bool messages)
{
    private const int RemoteIo = 121;
    private const int NotSupported = 95;
    private const int Busy = 16;

    private byte _slave;

    public Dictionary<byte, FakeI2cChip> Chips { get; } = [];

    /// <summary>Addresses that a driver of the kernel's own holds.</summary>
    public HashSet<byte> Held { get; } = [];

    public int Control(int file, nuint request, nint argument)
    {
        switch (request)
        {
            case 0x0705:
                Marshal.WriteInt64(argument, messages ? 0x0EFF0009 : 0x0EFF0008);
                return 0;
            case 0x0703:
                _slave = (byte)argument;
                return Held.Contains(_slave) ? Fail(Busy) : 0;
            case 0x0707 when messages:
                return Messages(Marshal.ReadIntPtr(argument), Marshal.ReadInt32(argument, 8));
            case 0x0720:
                return Smbus(Marshal.ReadByte(argument) == 1, Marshal.ReadByte(argument, 1), Marshal.ReadInt32(argument, 4), Marshal.ReadIntPtr(argument, 8));
            default:
                return Fail(NotSupported);
        }
    }

    /// <summary>struct i2c_msg: address at 0, flags at 2, length at 4, the pointer at 8; 16 bytes each.</summary>
    private int Messages(nint list, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var at = list + (16 * i);
            if (!Chips.TryGetValue((byte)Marshal.ReadInt16(at), out var chip))
            {
                return Fail(RemoteIo);
            }

            var data = new byte[Marshal.ReadInt16(at, 4)];
            var place = Marshal.ReadIntPtr(at, 8);
            if (Marshal.ReadInt16(at, 2) == 1)
            {
                chip.Transfer([], data);
                Marshal.Copy(data, 0, place, data.Length);
            }
            else
            {
                Marshal.Copy(place, data, 0, data.Length);
                chip.Transfer(data, []);
            }
        }

        return count;
    }

    /// <summary>Byte, byte data, word data (low byte first, as it goes over the bus) and I2C block (its length in the first byte).</summary>
    private int Smbus(bool reads, byte register, int size, nint place)
    {
        if (!Chips.TryGetValue(_slave, out var chip))
        {
            return Fail(RemoteIo);
        }

        var (length, at) = size switch { 1 => (reads ? 1 : 0, place), 2 => (1, place), 3 => (2, place), 8 => (Marshal.ReadByte(place), place + 1), _ => (-1, place) };
        if (length < 0)
        {
            return Fail(NotSupported);
        }

        var data = new byte[length];
        if (reads)
        {
            chip.Transfer(size == 1 ? [] : [register], data);
            Marshal.Copy(data, 0, at, length);
        }
        else
        {
            Marshal.Copy(at, data, 0, length);
            chip.Transfer([register, .. data], []);
        }

        return 0;
    }

    private static int Fail(int error)
    {
        Marshal.SetLastPInvokeError(error);
        return -1;
    }
}
