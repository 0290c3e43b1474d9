using System.Runtime.InteropServices;

namespace EdgeAgent.Sensors.Hardware.Modbus;

/// <summary>The part of libmodbus' client API in use (modbus.h; Debian's libmodbus5, 3.1). Below zero is a failure, and errno says which.</summary>
internal static unsafe partial class LibModbus
{
    private const string Library = "libmodbus.so.5";

    [LibraryImport(Library, EntryPoint = "modbus_new_tcp_pi", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial ModbusHandle NewTcp(string host, string service);

    [LibraryImport(Library, EntryPoint = "modbus_new_rtu", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial ModbusHandle NewRtu(string device, int baud, byte parity, int dataBits, int stopBits);

    [LibraryImport(Library, EntryPoint = "modbus_free")]
    public static partial void Free(nint context);

    [LibraryImport(Library, EntryPoint = "modbus_close")]
    public static partial void Close(nint context);

    [LibraryImport(Library, EntryPoint = "modbus_connect", SetLastError = true)]
    public static partial int Connect(ModbusHandle context);

    [LibraryImport(Library, EntryPoint = "modbus_flush", SetLastError = true)]
    public static partial int Flush(ModbusHandle context);

    [LibraryImport(Library, EntryPoint = "modbus_set_slave", SetLastError = true)]
    public static partial int SetUnit(ModbusHandle context, int unit);

    [LibraryImport(Library, EntryPoint = "modbus_set_response_timeout", SetLastError = true)]
    public static partial int SetTimeout(ModbusHandle context, uint seconds, uint microseconds);

    [LibraryImport(Library, EntryPoint = "modbus_read_bits", SetLastError = true)]
    public static partial int ReadCoils(ModbusHandle context, int address, int count, byte* bits);

    [LibraryImport(Library, EntryPoint = "modbus_read_input_bits", SetLastError = true)]
    public static partial int ReadDiscrete(ModbusHandle context, int address, int count, byte* bits);

    [LibraryImport(Library, EntryPoint = "modbus_read_registers", SetLastError = true)]
    public static partial int ReadHolding(ModbusHandle context, int address, int count, ushort* registers);

    [LibraryImport(Library, EntryPoint = "modbus_read_input_registers", SetLastError = true)]
    public static partial int ReadInput(ModbusHandle context, int address, int count, ushort* registers);

    public static string Describe(int error) => Marshal.PtrToStringUTF8((nint)ErrorText(error)) ?? $"error {error}";

    [LibraryImport(Library, EntryPoint = "modbus_strerror")]
    private static partial byte* ErrorText(int error);
}
