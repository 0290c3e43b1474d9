using System.Text;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Gpio;

/// <summary>An open /dev/gpiochipN. A line that was taken from it stays when it is closed.</summary>
internal sealed unsafe class GpioKernelChip : IDisposable
{
    private const string Consumer = "edgeagent";
    private const int BusyError = 16;
    private const int Invalid = 22;
    private const int NotSupported = 95;
    private const int NotSupportedByDriver = 524;

    /// <summary>As much as the kernel gives one line. What does not fit is counted by the kernel's numbers all the same.</summary>
    private const int EventBuffer = 1024;

    private readonly int _file;
    private readonly DeviceControl _control;

    private GpioKernelChip(int file, DeviceControl control, in GpioAbi.ChipInfo info)
    {
        _file = file;
        _control = control;
        fixed (byte* name = info.Name, label = info.Label)
        {
            Name = Text(name);
            Label = Text(label);
        }

        Lines = (int)info.Lines;
    }

    /// <summary>As the kernel numbers it, e.g. gpiochip0: the same chip has another number on another board.</summary>
    public string Name { get; }

    /// <summary>What it is, e.g. pinctrl-bcm2711.</summary>
    public string Label { get; }

    public int Lines { get; }

    public static ReadFault? Open(string path, DeviceControl control, out GpioKernelChip? chip)
    {
        chip = null;
        var file = Libc.Open(path, Libc.ReadWrite | Libc.CloseOnExec);
        if (file < 0)
        {
            return DeviceErrors.Fault(Libc.LastError, path);
        }

        GpioAbi.ChipInfo info;
        if (control(file, GpioAbi.GetChipInfo, (nint)(&info)) < 0)
        {
            var fault = DeviceErrors.Fault(Libc.LastError, path);
            _ = Libc.Close(file);
            return fault;
        }

        chip = new GpioKernelChip(file, control, info);
        return null;
    }

    public override string ToString() => $"{Name} [{Label}]";

    /// <summary>The offset of a line; null where the chip has none of that name.</summary>
    public int? Find(string line)
    {
        for (var offset = 0; offset < Lines; offset++)
        {
            if (Look(offset, out var info) && Text(info.Name) == line)
            {
                return offset;
            }
        }

        return null;
    }

    public ReadFault? Take(GpioLineRequest wanted, int offset, out IGpioLine? line)
    {
        line = null;
        var where = $"{this} line {offset}";
        var request = new GpioAbi.LineRequest { Lines = 1, Config = Config(wanted), EventBufferSize = wanted.Edges is null ? 0u : EventBuffer };
        request.Offsets[0] = (uint)offset;
        Encoding.ASCII.GetBytes(Consumer, new Span<byte>(request.Consumer, GpioAbi.NameSize - 1));
        if (_control(_file, GpioAbi.GetLine, (nint)(&request)) < 0)
        {
            return Refusal(Libc.LastError, where, offset, wanted);
        }

        line = new GpioKernelLine(where, request.File, _control);
        return null;
    }

    public void Dispose() => _ = Libc.Close(_file);

    private static GpioAbi.LineConfig Config(GpioLineRequest wanted)
    {
        var config = new GpioAbi.LineConfig
        {
            Flags = (wanted.Drives is null ? GpioAbi.Input : GpioAbi.Output)
                | (wanted.ActiveLow ? GpioAbi.ActiveLow : 0)
                | (wanted.Edges is GpioEdge.Rising or GpioEdge.Both ? GpioAbi.RisingEdges : 0)
                | (wanted.Edges is GpioEdge.Falling or GpioEdge.Both ? GpioAbi.FallingEdges : 0)
                | wanted.Bias switch { GpioBias.PullUp => GpioAbi.PullUp, GpioBias.PullDown => GpioAbi.PullDown, GpioBias.None => GpioAbi.NoBias, _ => 0 },
        };
        if (wanted.Drives is { } first)
        {
            Add(ref config, GpioAbi.OutputValues, first ? 1u : 0u);
        }
        else if (wanted.Debounce > TimeSpan.Zero)
        {
            Add(ref config, GpioAbi.Debounce, (ulong)wanted.Debounce.TotalMicroseconds);
        }

        return config;
    }

    private static void Add(ref GpioAbi.LineConfig config, ulong id, ulong value)
    {
        var place = 3 * config.AttributeCount++;
        config.Attributes[place] = id;
        config.Attributes[place + 1] = value;
        config.Attributes[place + 2] = 1;
    }

    private ReadFault Refusal(int error, string where, int offset, GpioLineRequest wanted) => error switch
    {
        BusyError => new ReadFault(ReadFaultKind.BusError, $"{where}: {Holder(offset)} holds it; a line has one user"),
        Invalid or NotSupported or NotSupportedByDriver => new ReadFault(
            ReadFaultKind.Refused,
            $"{where}: the chip cannot be asked for {(wanted.Drives is null ? "this edge, bias or debounce time" : "an output")} ({Libc.Describe(error)})"),
        _ => DeviceErrors.Fault(error, where),
    };

    private string Holder(int offset) => Look(offset, out var info) && Text(info.Consumer) is { Length: > 0 } consumer ? $"\"{consumer}\"" : "somebody without a name";

    private bool Look(int offset, out GpioAbi.LineInfo info)
    {
        info = new GpioAbi.LineInfo { Offset = (uint)offset };
        fixed (GpioAbi.LineInfo* place = &info)
        {
            return _control(_file, GpioAbi.GetLineInfo, (nint)place) >= 0;
        }
    }

    private static string Text(byte* name)
    {
        var bytes = new ReadOnlySpan<byte>(name, GpioAbi.NameSize);
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
