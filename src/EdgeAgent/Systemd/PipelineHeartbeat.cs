namespace EdgeAgent.Systemd;

/// <summary>When the pipeline last moved. Any thread may beat and any thread may ask.</summary>
internal sealed class PipelineHeartbeat(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    /// <summary>Called by the stage that must never stand still, once per item that it has judged.</summary>
    public void Beat() => Interlocked.Exchange(ref _last, time.GetTimestamp());

    /// <summary>Time since the last beat; before the first one, since this object was made.</summary>
    public TimeSpan SinceLast => time.GetElapsedTime(Interlocked.Read(ref _last));
}
