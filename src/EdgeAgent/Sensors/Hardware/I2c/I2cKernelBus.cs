using System.Runtime.InteropServices;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.I2c;

/// <summary>
/// A bus through the kernel's /dev/i2c-N (Documentation/i2c/dev-interface). Where the adapter can move messages of any shape they go as one
/// transaction (I2C_RDWR); an adapter that knows SMBus alone gets the SMBus command of the same bytes (I2C_SMBUS).
/// </summary>
internal sealed class I2cKernelBus : II2cBus
{
    private const nuint Functions = 0x0705;
    private const nuint Slave = 0x0703;
    private const nuint ReadWrite = 0x0707;
    private const ulong CanMessages = 0x1;
    private const ushort ReadFlag = 0x1;
    private const int BusyError = 16;

    private readonly string _path;
    private readonly int _file;
    private readonly DeviceControl _control;
    private readonly SmbusCommands? _smbus;
    private int _claimed = -1;

    private I2cKernelBus(string path, int file, DeviceControl control, ulong functions)
    {
        _path = path;
        _file = file;
        _control = control;
        _smbus = (functions & CanMessages) == 0 ? new SmbusCommands(path, file, control) : null;
    }

    public static unsafe ReadFault? Open(string path, DeviceControl control, out II2cBus? bus)
    {
        bus = null;
        var file = Libc.Open(path, Libc.ReadWrite | Libc.CloseOnExec);
        if (file < 0)
        {
            return DeviceErrors.Fault(Libc.LastError, path);
        }

        ulong functions = 0;
        if (control(file, Functions, (nint)(&functions)) < 0)
        {
            var fault = DeviceErrors.Fault(Libc.LastError, path);
            _ = Libc.Close(file);
            return fault;
        }

        bus = new I2cKernelBus(path, file, control, functions);
        return null;
    }

    public ReadFault? Transfer(byte address, ReadOnlySpan<byte> write, Span<byte> read) =>
        Claim(address) ?? (_smbus is null ? Messages(address, write, read) : _smbus.Transfer(address, write, read));

    public void Dispose() => _ = Libc.Close(_file);

    /// <summary>Asks the kernel for the address, which it refuses while a driver of its own holds the chip.</summary>
    private ReadFault? Claim(byte address)
    {
        if (_claimed == address)
        {
            return null;
        }

        if (_control(_file, Slave, address) < 0)
        {
            return Libc.LastError == BusyError
                ? new ReadFault(ReadFaultKind.BusError, $"{_path}: a kernel driver holds the chip at 0x{address:x2}; read it as hwmon or iio, or unbind the driver")
                : DeviceErrors.Fault(Libc.LastError, _path);
        }

        _claimed = address;
        return null;
    }

    private unsafe ReadFault? Messages(byte address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        fixed (byte* written = write, wanted = read)
        {
            var messages = stackalloc Message[2];
            var count = 0u;
            if (write.Length > 0)
            {
                messages[count++] = new Message { Address = address, Length = (ushort)write.Length, Data = written };
            }

            if (read.Length > 0)
            {
                messages[count++] = new Message { Address = address, Flags = ReadFlag, Length = (ushort)read.Length, Data = wanted };
            }

            var transaction = new Transaction { Messages = messages, Count = count };
            var moved = _control(_file, ReadWrite, (nint)(&transaction));
            return moved < 0 ? DeviceErrors.Fault(Libc.LastError, $"{_path} 0x{address:x2}")
                : moved < count ? new ReadFault(ReadFaultKind.ShortRead, $"{_path} 0x{address:x2}: {moved} of {count} messages were moved")
                : null;
        }
    }

    /// <summary>struct i2c_msg of linux/i2c.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Message
    {
        public ushort Address;
        public ushort Flags;
        public ushort Length;
        public byte* Data;
    }

    /// <summary>struct i2c_rdwr_ioctl_data of linux/i2c-dev.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Transaction
    {
        public Message* Messages;
        public uint Count;
    }
}
