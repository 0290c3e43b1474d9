using System.Runtime.InteropServices;

namespace EdgeAgent.Swapping;

/// <summary>
/// Gives back to the system what a model leaves that is gone. The C library keeps a session's memory for the next one, and what .NET read of its
/// package waits for a collection, which an agent at rest comes to after hours; meanwhile another program on the device may need it.
/// </summary>
internal static partial class FreedMemory
{
    /// <summary>Stops every thread for some milliseconds; a swap is rare, and readings wait in their channel.</summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = Trim(0);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
