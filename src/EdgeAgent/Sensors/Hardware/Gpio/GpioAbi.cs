using System.Runtime.InteropServices;

namespace EdgeAgent.Sensors.Hardware.Gpio;

/// <summary>The kernel's GPIO character device, version 2 (linux/gpio.h, since Linux 5.10); the same on x64 and arm64.</summary>
internal static unsafe class GpioAbi
{
    public const int NameSize = 32;
    public const int MostLines = 64;
    public const int MostAttributes = 10;

    // enum gpio_v2_line_flag
    public const ulong Used = 1 << 0;
    public const ulong ActiveLow = 1 << 1;
    public const ulong Input = 1 << 2;
    public const ulong Output = 1 << 3;
    public const ulong RisingEdges = 1 << 4;
    public const ulong FallingEdges = 1 << 5;
    public const ulong PullUp = 1 << 8;
    public const ulong PullDown = 1 << 9;
    public const ulong NoBias = 1 << 10;

    // enum gpio_v2_line_attr_id
    public const ulong OutputValues = 2;
    public const ulong Debounce = 3;

    public static nuint GetChipInfo => Request(Reads, 0x01, sizeof(ChipInfo));

    public static nuint GetLineInfo => Request(Reads | Writes, 0x05, sizeof(LineInfo));

    public static nuint GetLine => Request(Reads | Writes, 0x07, sizeof(LineRequest));

    public static nuint GetValues => Request(Reads | Writes, 0x0E, sizeof(LineValues));

    public static nuint SetValues => Request(Reads | Writes, 0x0F, sizeof(LineValues));

    private const uint Writes = 1;
    private const uint Reads = 2;
    private const uint Magic = 0xB4;

    /// <summary>_IOC of asm-generic/ioctl.h: direction, size, magic, number.</summary>
    private static nuint Request(uint direction, uint number, int size) => (direction << 30) | ((uint)size << 16) | (Magic << 8) | number;

    [StructLayout(LayoutKind.Sequential)]
    public struct ChipInfo
    {
        public fixed byte Name[NameSize];
        public fixed byte Label[NameSize];
        public uint Lines;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineValues
    {
        public ulong Bits;
        public ulong Mask;
    }

    /// <summary>
    /// An attribute is a struct gpio_v2_line_config_attribute, three numbers: its id, its value (a union of which a debounce time in µs is the
    /// lower half), and a mask of the request's lines.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LineConfig
    {
        public ulong Flags;
        public uint AttributeCount;
        public fixed uint Padding[5];
        public fixed ulong Attributes[3 * MostAttributes];
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineRequest
    {
        public fixed uint Offsets[MostLines];
        public fixed byte Consumer[NameSize];
        public LineConfig Config;
        public uint Lines;
        public uint EventBufferSize;
        public fixed uint Padding[5];
        public int File;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineInfo
    {
        public fixed byte Name[NameSize];
        public fixed byte Consumer[NameSize];
        public uint Offset;
        public uint AttributeCount;
        public ulong Flags;
        public fixed ulong Attributes[2 * MostAttributes];
        public fixed uint Padding[4];
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineEvent
    {
        public ulong Nanoseconds;
        public uint Id;
        public uint Offset;
        public uint Number;
        public uint LineNumber;
        public fixed uint Padding[6];
    }
}
