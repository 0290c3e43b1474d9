using System.Runtime.InteropServices;

namespace EdgeAgent.Systemd;

/// <summary>Whether the kernel's wall clock is being disciplined by a time service (chrony, systemd-timesyncd, ntpd, PTP).</summary>
internal static partial class ClockSync
{
    /// <summary>What adjtimex(2) returns while STA_UNSYNC is set, as it is from boot until a time service clears it.</summary>
    private const int TimeError = 5;

    /// <summary>Above sizeof(struct timex) on every Linux ABI (208 bytes on 64-bit ones).</summary>
    private const int TimexSize = 512;

    /// <summary>
    /// False too where the kernel will not say (a seccomp filter without adjtimex and clock_adjtime): a clock is not
    /// trusted until it is known good. Reading needs no privilege; costs one system call and allocates nothing.
    /// </summary>
    public static bool IsSynchronized()
    {
        Span<byte> timex = stackalloc byte[TimexSize];
        timex.Clear(); // modes = 0 in the first field: read, change nothing
        return IsGood(Adjtimex(ref MemoryMarshal.GetReference(timex)));
    }

    /// <param name="state">0 to 4 are good, leap seconds included; -1 is a failed call.</param>
    internal static bool IsGood(int state) => state is >= 0 and < TimeError;

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int Adjtimex(ref byte timex);
}
