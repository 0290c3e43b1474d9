namespace EdgeAgent.Storage.Snapshots;

/// <summary>
/// Keeps alarms that come without end from wearing the flash out: in a day so many bytes are written, and what is spent comes
/// back evenly. The second half is for machine alarms alone, so that a flapping sensor cannot take theirs.
/// </summary>
internal sealed class SnapshotBudget(long bytesPerDay, TimeProvider time)
{
    private double _left = bytesPerDay;
    private long _at = time.GetTimestamp();

    public bool TrySpend(long bytes, bool machine)
    {
        var now = time.GetTimestamp();
        _left = Math.Min(bytesPerDay, _left + (time.GetElapsedTime(_at, now) / TimeSpan.FromDays(1) * bytesPerDay));
        _at = now;
        if (_left - bytes < (machine ? 0 : bytesPerDay / 2))
        {
            return false;
        }

        _left -= bytes;
        return true;
    }
}
