using System.Globalization;
using System.Text;

namespace EdgeAgent.Alarms;

/// <summary>Where the local socket for alarm commands lies: in the data directory, so whoever may enter that may ask.</summary>
internal static class AlarmSocketPath
{
    /// <summary>sockaddr_un has room for 108 bytes, the last of which is zero.</summary>
    private const int Longest = 107;

    public static string In(string dataDirectory) => Path.Combine(Path.GetFullPath(dataDirectory), "alarms.sock");

    /// <returns>Why there can be no socket there, or null.</returns>
    public static string? Fault(string path) => Encoding.UTF8.GetByteCount(path) is var bytes && bytes > Longest
        ? string.Create(CultureInfo.InvariantCulture, $"{path}: found {bytes} bytes, allowed: at most {Longest} for the path of a socket; use a shorter data directory")
        : null;
}
