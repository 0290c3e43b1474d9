using System.Runtime.InteropServices;

namespace EdgeAgent.Sensors.Hardware.Linux;

/// <summary>The C library's calls for devices (Linux's numbers, the same on x64 and arm64).</summary>
internal static unsafe partial class Libc
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Truncate = 0x200;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const short PollIn = 1;

    private const string Library = "libc";
    private const int MonotonicClock = 1;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int File;
        public short Wanted;
        public short Ready;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Span
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>CLOCK_MONOTONIC, by which the kernel stamps what its devices tell.</summary>
    public static TimeSpan MonotonicNow()
    {
        Span now;
        _ = Clock(MonotonicClock, &now);
        return new TimeSpan((now.Seconds * TimeSpan.TicksPerSecond) + (now.Nanoseconds / 100));
    }

    /// <summary>The error number of the latest call that failed on this thread.</summary>
    public static int LastError => Marshal.GetLastPInvokeError();

    public static string Describe(int error) => Marshal.GetPInvokeErrorMessage(error);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int file, void* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, void* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int file, nuint request, nint argument);

    [LibraryImport(Library, EntryPoint = "clock_gettime", SetLastError = true)]
    public static partial int Time(int clock, Span* time);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFile(uint start, int flags);

    [LibraryImport(Library, EntryPoint = "ppoll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, ulong count, Span* timeout, void* signals);

    [LibraryImport(Library, EntryPoint = "clock_gettime")]
    private static partial int Clock(int clock, Span* now);
}
