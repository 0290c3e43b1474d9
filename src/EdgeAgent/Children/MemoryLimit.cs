using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeAgent.Children;

/// <summary>
/// A memory limit on this process that the kernel enforces, without a cgroup and without privileges.
/// <list type="bullet">
/// <item>RLIMIT_AS would count addresses: the .NET garbage collector alone reserves far more than it ever uses.</item>
/// <item>RLIMIT_RSS has had no effect since Linux 2.4.30.</item>
/// <item>RLIMIT_DATA counts private writable memory, also of mmap since Linux 4.7: ONNX Runtime's arena, malloc, and what
/// the garbage collector commits, but not what is only reserved, nor files that are mapped to be read.</item>
/// </list>
/// Thread stacks count in full though they are hardly used, so the limit is set on top of what this process has when it
/// starts. Past it, malloc fails: ONNX Runtime throws and the reply says so, or the process dies; either way the
/// template explains. DOTNET_GCHeapHardLimit, which the agent sets for its child, makes the managed heap fail the same way.
/// </summary>
internal static partial class MemoryLimit
{
    private const int RlimitData = 2;

    /// <returns>null when the limit stands, else what went wrong.</returns>
    public static string? Set(int megabytes)
    {
        try
        {
            var status = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmData:", StringComparison.Ordinal));
            var kilobytes = ulong.Parse(status.AsSpan(7).Trim().TrimEnd("kB").TrimEnd(), CultureInfo.InvariantCulture);
            var limit = (kilobytes << 10) + ((ulong)megabytes << 20);
            var both = new Limit { Soft = limit, Hard = limit };
            return SetLimit(RlimitData, in both) == 0 ? null : $"memory limit: {Marshal.GetLastPInvokeErrorMessage()}";
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or FormatException)
        {
            return $"memory limit: {e.Message}";
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    // rlim_t is 64 bits wide on every 64-bit Linux.
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
