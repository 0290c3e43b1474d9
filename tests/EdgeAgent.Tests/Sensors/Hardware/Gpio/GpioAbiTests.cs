using System.Runtime.InteropServices;
using EdgeAgent.Sensors.Hardware.Gpio;

namespace EdgeAgent.Tests.Sensors.Hardware.Gpio;

/// <summary>The numbers are what a C compiler says of linux/gpio.h on x86-64: sizeof, offsetof, and the values of the request macros.</summary>
public sealed class GpioAbiTests
{
    [Fact]
    public void Structures_are_as_large_as_the_kernels()
    {
        Assert.Equal(68, Marshal.SizeOf<GpioAbi.ChipInfo>());
        Assert.Equal(16, Marshal.SizeOf<GpioAbi.LineValues>());
        Assert.Equal(272, Marshal.SizeOf<GpioAbi.LineConfig>());
        Assert.Equal(592, Marshal.SizeOf<GpioAbi.LineRequest>());
        Assert.Equal(256, Marshal.SizeOf<GpioAbi.LineInfo>());
        Assert.Equal(48, Marshal.SizeOf<GpioAbi.LineEvent>());
    }

    [Fact]
    public void Fields_lie_where_the_kernels_do()
    {
        Assert.Equal([0, 32, 64], Offsets<GpioAbi.ChipInfo>("Name", "Label", "Lines"));
        Assert.Equal([0, 8, 12, 32], Offsets<GpioAbi.LineConfig>("Flags", "AttributeCount", "Padding", "Attributes"));
        Assert.Equal([0, 256, 288, 560, 564, 568, 588], Offsets<GpioAbi.LineRequest>("Offsets", "Consumer", "Config", "Lines", "EventBufferSize", "Padding", "File"));
        Assert.Equal([0, 32, 64, 68, 72, 80, 240], Offsets<GpioAbi.LineInfo>("Name", "Consumer", "Offset", "AttributeCount", "Flags", "Attributes", "Padding"));
        Assert.Equal([0, 8, 12, 16, 20, 24], Offsets<GpioAbi.LineEvent>("Nanoseconds", "Id", "Offset", "Number", "LineNumber", "Padding"));
    }

    [Fact]
    public void Requests_have_the_kernels_numbers() => Assert.Equal(
        [0x8044B401, 0xC100B405, 0xC250B407, 0xC010B40E, 0xC010B40F],
        new ulong[] { GpioAbi.GetChipInfo, GpioAbi.GetLineInfo, GpioAbi.GetLine, GpioAbi.GetValues, GpioAbi.SetValues });

    private static int[] Offsets<T>(params string[] fields) => [.. fields.Select(field => (int)Marshal.OffsetOf<T>(field))];
}
