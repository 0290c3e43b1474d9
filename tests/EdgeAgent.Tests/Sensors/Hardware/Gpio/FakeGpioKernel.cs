using System.Runtime.InteropServices;
using System.Text;

namespace EdgeAgent.Tests.Sensors.Hardware.Gpio;

/// <summary>
/// What the kernel makes of an ioctl on /dev/gpiochipN, read byte by byte from the structures of linux/gpio.h as they lie in memory, over
/// chips in memory. The files that are opened are real ones, and a line that was taken is a real pipe, through which its edges come.
/// </summary>
internal sealed class FakeGpioKernel : IDisposable
{
    private const int Busy = 16;
    private const int Invalid = 22;
    private const int NoDevice = 19;

    private readonly TemporaryFolder _devices = new();
    private readonly Dictionary<string, FakeGpioChip> _chips = [];
    private readonly Dictionary<int, FakeGpioLine> _taken = [];

    /// <summary>Stands for /dev.</summary>
    public string Devices => _devices.Path;

    /// <summary>Whether lines may have a bias; the chips of some boards cannot.</summary>
    public bool HasBias { get; set; } = true;

    public FakeGpioChip Add(string name, string label, params string[] lines)
    {
        var chip = new FakeGpioChip(name, label, [.. lines.Select((line, offset) => new FakeGpioLine(line, offset))]);
        _chips[_devices.Write(name, "")] = chip;
        return chip;
    }

    /// <summary>A second name for a chip.</summary>
    public void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(Devices, name), Path.Combine(Devices, target));

    public int Control(int file, nuint request, nint argument) => request switch
    {
        0x8044B401 => ChipInfo(ChipOf(file), argument),
        0xC100B405 => LineInfo(ChipOf(file), argument),
        0xC250B407 => Take(ChipOf(file), argument),
        0xC010B40E => Get(_taken[file], argument),
        0xC010B40F => Set(_taken[file], argument),
        _ => Fail(Invalid),
    };

    public void Dispose()
    {
        foreach (var line in _taken.Values)
        {
            line.Dispose();
        }

        _devices.Dispose();
    }

    private FakeGpioChip ChipOf(int file) => _chips[new FileInfo($"/proc/self/fd/{file}").LinkTarget!];

    /// <summary>struct gpiochip_info: name at 0, label at 32, lines at 64.</summary>
    private static int ChipInfo(FakeGpioChip chip, nint at)
    {
        Write(at, chip.Name);
        Write(at + 32, chip.Label);
        Marshal.WriteInt32(at, 64, chip.Lines.Count);
        return 0;
    }

    /// <summary>struct gpio_v2_line_info: name at 0, consumer at 32, offset at 64, flags at 72.</summary>
    private static int LineInfo(FakeGpioChip chip, nint at)
    {
        var line = chip.Lines[Marshal.ReadInt32(at, 64)];
        Write(at, line.Name);
        Write(at + 32, line.Consumer ?? "");
        Marshal.WriteInt64(at, 72, line.Consumer is null ? 4 : 5);
        return 0;
    }

    /// <summary>struct gpio_v2_line_request: offsets at 0, consumer at 256, flags at 288, attributes at 320, how many lines at 560, the file at 588.</summary>
    private int Take(FakeGpioChip chip, nint at)
    {
        var (flags, attributes) = (Marshal.ReadInt64(at, 288), Marshal.ReadInt32(at, 296));
        var offset = Marshal.ReadInt32(at);
        if (Marshal.ReadInt32(at, 560) != 1 || offset >= chip.Lines.Count || (!HasBias && (flags & 0x700) != 0))
        {
            return Fail(Invalid);
        }

        var line = chip.Lines[offset];
        if (line.IsTaken || line.Consumer is not null)
        {
            return Fail(Busy);
        }

        for (var i = 0; i < attributes; i++)
        {
            // struct gpio_v2_line_config_attribute: id at 0, value at 8, mask at 16; 24 bytes each.
            var attribute = at + 320 + (24 * i);
            Assert.Equal(1, Marshal.ReadInt64(attribute, 16));
            line.Ask(Marshal.ReadInt32(attribute), Marshal.ReadInt64(attribute, 8));
        }

        var file = line.Take(flags, Marshal.PtrToStringUTF8(at + 256)!, Marshal.ReadInt32(at, 564));
        _taken[file] = line;
        Marshal.WriteInt32(at, 588, file);
        return 0;
    }

    private static int Get(FakeGpioLine line, nint at)
    {
        Assert.Equal(1, Marshal.ReadInt64(at, 8));
        Marshal.WriteInt64(at, line.IsActive ? 1 : 0);
        return line.IsGone ? Fail(NoDevice) : 0;
    }

    private static int Set(FakeGpioLine line, nint at)
    {
        Assert.Equal(1, Marshal.ReadInt64(at, 8));
        line.Drive(Marshal.ReadInt64(at) == 1);
        return line.IsGone ? Fail(NoDevice) : 0;
    }

    private static void Write(nint at, string text)
    {
        var bytes = new byte[32];
        Encoding.UTF8.GetBytes(text, bytes);
        Marshal.Copy(bytes, 0, at, bytes.Length);
    }

    private static int Fail(int error)
    {
        Marshal.SetLastPInvokeError(error);
        return -1;
    }
}
