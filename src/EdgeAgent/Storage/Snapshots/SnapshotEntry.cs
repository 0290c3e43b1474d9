using System.Globalization;

namespace EdgeAgent.Storage.Snapshots;

/// <summary>A snapshot's file: <c>NNNNNNNN-ALARMID.snapshot</c>, numbered in the order in which the alarms were raised.</summary>
internal sealed record SnapshotEntry(long Number, Guid AlarmId, string Path, long Bytes)
{
    private const string Ending = ".snapshot";
    private const int IdLength = 36;

    public static string NameOf(long number, Guid alarm) => string.Create(CultureInfo.InvariantCulture, $"{number:D8}-{alarm:D}{Ending}");

    /// <returns>null for a file that is none.</returns>
    public static SnapshotEntry? Of(FileInfo file)
    {
        var name = file.Name;
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && name.Length == dash + 1 + IdLength + Ending.Length
            && name.EndsWith(Ending, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Guid.TryParseExact(name.AsSpan(dash + 1, IdLength), "D", out var alarm)
                ? new SnapshotEntry(number, alarm, file.FullName, file.Length)
                : null;
    }
}
