namespace EdgeAgent.Systemd;

/// <summary>The kernel's id of this boot: monotonic times compare only within one.</summary>
internal static class BootId
{
    public const string KernelFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>A UUID in lower case; null where the kernel does not tell.</summary>
    public static string? Read(string file = KernelFile)
    {
        try
        {
            return Guid.TryParse(File.ReadAllText(file), out var id) ? id.ToString("D") : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
