using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Gpio;

/// <summary>A line that the kernel has given to the agent. When its file is closed, by a kill too, the line is anybody's.</summary>
/// <param name="where">What faults call it.</param>
internal sealed unsafe class GpioKernelLine(string where, int file, DeviceControl control) : IGpioLine
{
    private const int EventsAtOnce = 64;

    private uint _number;

    public ReadFault? Read(out bool active)
    {
        var values = new GpioAbi.LineValues { Mask = 1 };
        var done = control(file, GpioAbi.GetValues, (nint)(&values));
        active = done >= 0 && (values.Bits & 1) == 1;
        return done < 0 ? DeviceErrors.Fault(Libc.LastError, where) : null;
    }

    public ReadFault? Write(bool active)
    {
        var values = new GpioAbi.LineValues { Mask = 1, Bits = active ? 1u : 0u };
        return control(file, GpioAbi.SetValues, (nint)(&values)) < 0 ? DeviceErrors.Fault(Libc.LastError, where) : null;
    }

    /// <summary>
    /// The kernel numbers the edges of a line and stamps each when it comes, by CLOCK_MONOTONIC. So the first and the last that it
    /// kept say everything, and those that it had no room for are counted too.
    /// </summary>
    public ReadFault? TakeEdges(out EdgeReport edges)
    {
        var events = stackalloc GpioAbi.LineEvent[EventsAtOnce];
        (uint Number, ulong At)? first = null;
        var (last, lastAt) = (_number, 0ul);
        while (Waiting())
        {
            var length = (int)Libc.Read(file, events, (nuint)(EventsAtOnce * sizeof(GpioAbi.LineEvent)));
            if (length < sizeof(GpioAbi.LineEvent))
            {
                edges = default;
                return length < 0 ? DeviceErrors.Fault(Libc.LastError, where) : new ReadFault(ReadFaultKind.ShortRead, $"{where}: an event of {length} bytes came");
            }

            var count = length / sizeof(GpioAbi.LineEvent);
            first ??= (events[0].LineNumber, events[0].Nanoseconds);
            (last, lastAt) = (events[count - 1].LineNumber, events[count - 1].Nanoseconds);
        }

        // Differences of unsigned numbers, because the kernel's go on from 0 after 4,294,967,295.
        edges = new EdgeReport(last - _number, Time(first?.At ?? 0), Time(lastAt), first is { } begin ? last - begin.Number : 0, Libc.MonotonicNow());
        _number = last;
        return null;
    }

    public void Dispose() => _ = Libc.Close(file);

    /// <summary>Something came, or the line is gone, which reading will say.</summary>
    private bool Waiting()
    {
        var entry = new Libc.PollEntry { File = file, Wanted = Libc.PollIn };
        var wait = default(Libc.Span);
        return Libc.Poll(&entry, 1, &wait, null) > 0;
    }

    private static TimeSpan Time(ulong nanoseconds) => TimeSpan.FromTicks((long)(nanoseconds / 100));
}
