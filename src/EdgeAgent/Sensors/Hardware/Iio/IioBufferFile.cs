using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Iio;

/// <summary>The character device that a buffer's samples come out of. Reading never blocks; one program at a time can have it open.</summary>
internal sealed unsafe class IioBufferFile : IDisposable
{
    private const int TryAgain = 11;
    private const int Interrupted = 4;

    private readonly string _path;
    private int _file;

    private IioBufferFile(string path, int file)
    {
        _path = path;
        _file = file;
    }

    /// <returns>null when it is open.</returns>
    public static ReadFault? Open(string path, out IioBufferFile? opened)
    {
        var file = Libc.Open(path, Libc.ReadOnly | Libc.NonBlocking | Libc.CloseOnExec);
        opened = file < 0 ? null : new IioBufferFile(path, file);
        return file < 0 ? DeviceErrors.Fault(Libc.LastError, path) : null;
    }

    /// <summary>Takes what is there.</summary>
    /// <param name="read">0 when nothing is there now.</param>
    public ReadFault? Read(Span<byte> into, out int read)
    {
        nint length;
        fixed (byte* first = into)
        {
            length = Libc.Read(_file, first, (nuint)into.Length);
        }

        read = Math.Max(0, (int)length);
        return length > 0 || (length < 0 && Libc.LastError is TryAgain or Interrupted) ? null
            : length < 0 ? DeviceErrors.Fault(Libc.LastError, _path)
            : new ReadFault(ReadFaultKind.Absent, $"{_path}: has ended; is the device unplugged?");
    }

    /// <summary>Throws away what was kept while nobody read.</summary>
    /// <param name="scratch">What comes in one go at most.</param>
    public void Empty(Span<byte> scratch)
    {
        const int EnoughTimes = 16;
        for (var i = 0; i < EnoughTimes && Read(scratch, out var read) is null && read > 0; i++)
        {
        }
    }

    /// <summary>Waits until there is something to read, or the device is gone, or the time is over.</summary>
    public void Wait(TimeSpan atMost)
    {
        var entry = new Libc.PollEntry { File = _file, Wanted = Libc.PollIn };
        var wait = new Libc.Span { Seconds = (long)atMost.TotalSeconds, Nanoseconds = atMost.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };
        _ = Libc.Poll(&entry, 1, &wait, null);
    }

    public void Dispose()
    {
        if (_file >= 0)
        {
            _ = Libc.Close(_file);
            _file = -1;
        }
    }
}
