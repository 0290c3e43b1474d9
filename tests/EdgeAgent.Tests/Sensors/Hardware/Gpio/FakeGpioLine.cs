using System.IO.Pipes;

namespace EdgeAgent.Tests.Sensors.Hardware.Gpio;

/// <summary>One line as the kernel has it: its voltage, and who has taken it for what.</summary>
internal sealed class FakeGpioLine(string name, int offset) : IDisposable
{
    private AnonymousPipeServerStream? _events;
    private string? _pipe;
    private int _file;
    private long _flags;
    private uint _edges;

    public string Name => name;

    /// <summary>Somebody else who holds it; null = nobody.</summary>
    public string? Consumer { get; set; }

    /// <summary>The agent holds it now.</summary>
    public bool IsTaken => _pipe is not null && new FileInfo($"/proc/self/fd/{_file}").LinkTarget == _pipe;

    /// <summary>Its chip was pulled out.</summary>
    public bool IsGone { get; set; }

    public bool IsHigh { get; private set; }

    public bool IsActive => IsHigh != IsActiveLow;

    public bool IsActiveLow => (_flags & 2) != 0;

    public bool IsOutput => (_flags & 8) != 0;

    public bool IsPulledUp => (_flags & 0x100) != 0;

    public string? TakenBy { get; private set; }

    public long DebounceMicroseconds { get; private set; }

    public int EventBuffer { get; private set; }

    /// <summary>Every level that it was driven to.</summary>
    public List<bool> Driven { get; } = [];

    private long? Initial { get; set; }

    public void Ask(int id, long value)
    {
        switch (id)
        {
            case 2:
                Initial = value;
                break;
            case 3:
                DebounceMicroseconds = value;
                break;
        }
    }

    public int Take(long flags, string consumer, int eventBuffer)
    {
        _events?.Dispose();
        _events = new AnonymousPipeServerStream(PipeDirection.Out);
        _file = (int)_events.ClientSafePipeHandle.DangerousGetHandle();
        _events.ClientSafePipeHandle.SetHandleAsInvalid();
        _pipe = new FileInfo($"/proc/self/fd/{_file}").LinkTarget;
        (_flags, TakenBy, EventBuffer, _edges) = (flags, consumer, eventBuffer, 0);
        if (IsOutput)
        {
            Drive(Initial == 1);
        }

        return _file;
    }

    public void Drive(bool active)
    {
        IsHigh = active != IsActiveLow;
        Driven.Add(IsHigh);
    }

    /// <summary>Changes the voltage; an edge that was asked for comes through the pipe.</summary>
    /// <param name="kept">False: the kernel had no room for it.</param>
    public void Set(bool high, TimeSpan at, bool kept = true)
    {
        var changed = high != IsHigh;
        IsHigh = high;
        var rises = IsActive;
        if (changed && (_flags & (rises ? 0x10 : 0x20)) != 0)
        {
            _edges++;
            if (kept)
            {
                Send((ulong)at.Ticks * 100, rises ? 1 : 2);
            }
        }
    }

    public void Dispose() => _events?.Dispose();

    /// <summary>struct gpio_v2_line_event: nanoseconds at 0, id at 8, offset at 12, its number among all lines at 16, of this line at 20; 48 bytes.</summary>
    private void Send(ulong nanoseconds, int id)
    {
        var bytes = new byte[48];
        BitConverter.TryWriteBytes(bytes.AsSpan(0), nanoseconds);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), id);
        BitConverter.TryWriteBytes(bytes.AsSpan(12), offset);
        BitConverter.TryWriteBytes(bytes.AsSpan(16), _edges);
        BitConverter.TryWriteBytes(bytes.AsSpan(20), _edges);
        _events!.Write(bytes);
    }
}
