using System.Globalization;

namespace EdgeAgent.Storage;

/// <summary>
/// What this process has made the kernel write to disks (write_bytes of /proc/self/io, proc(5)): the database with its log, the
/// states, the log file. In memory file systems count nothing.
/// </summary>
internal sealed class WrittenBytes(TimeProvider time)
{
    private const string Key = "write_bytes:";

    private long? _bytes = Read();
    private long _since = time.GetTimestamp();

    public TimeSpan SinceTaken => time.GetElapsedTime(_since);

    /// <summary>Adds what was written since the last call; adds nothing where the kernel does not tell.</summary>
    public void AddTo(OutboxTable table)
    {
        if (_bytes is { } before && Read() is { } now)
        {
            table.Count("written", now - before);
            table.Count("written_s", (long)SinceTaken.TotalSeconds);
            _bytes = now;
            _since = time.GetTimestamp();
        }
    }

    /// <returns>Since the process began; null where the kernel does not tell.</returns>
    public static long? Read()
    {
        try
        {
            return File.ReadLines("/proc/self/io").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line
                ? long.Parse(line.AsSpan(Key.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
