using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeAgent.Language;

/// <summary>Puts this process behind everything else on the machine: alarms never wait for prose.</summary>
internal static partial class WorkerPriority
{
    private const int Nice = 10;
    private const string FirstToBeKilled = "1000";
    private const int PrioProcess = 0;

    /// <returns>What the kernel refused, one line each.</returns>
    public static IReadOnlyList<string> Lower()
    {
        var refused = new List<string>();
        try
        {
            // On Linux a nice value belongs to a thread. New threads inherit it from the one that starts them, so after
            // this every thread has it.
            foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
            {
                var id = uint.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture);
                if (SetPriority(PrioProcess, id, Nice) != 0)
                {
                    refused.Add($"nice {Nice} for thread {id}: {Marshal.GetLastPInvokeErrorMessage()}");
                }
            }

            // When memory runs out, the kernel takes this process first and not the agent.
            File.WriteAllText("/proc/self/oom_score_adj", FirstToBeKilled);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refused.Add(e.Message);
        }

        return refused;
    }

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, uint who, int priority);
}
