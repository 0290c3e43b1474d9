namespace EdgeAgent.Pipeline;

/// <summary>What the pipeline has done since it was started. Thread-safe.</summary>
internal sealed class PipelineCounters
{
    private long _frames;
    private long _judged;
    private long _windows;
    private long _alarms;
    private long _byModel;
    private long _byTemplate;
    private long _stored;
    private long _delivered;

    public long Frames => Volatile.Read(ref _frames);

    /// <summary>Frames that the detect loop has seen.</summary>
    public long Judged => Volatile.Read(ref _judged);

    public long Windows => Volatile.Read(ref _windows);

    public long Alarms => Volatile.Read(ref _alarms);

    public long ExplainedByModel => Volatile.Read(ref _byModel);

    public long ExplainedByTemplate => Volatile.Read(ref _byTemplate);

    public long Stored => Volatile.Read(ref _stored);

    public long Delivered => Volatile.Read(ref _delivered);

    public void Frame() => Interlocked.Increment(ref _frames);

    /// <summary>One frame more; only the detect loop calls it.</summary>
    /// <param name="scored">Windows since the pipeline was started.</param>
    public void Judge(long scored)
    {
        Volatile.Write(ref _judged, _judged + 1);
        Volatile.Write(ref _windows, scored);
    }

    public void Alarm() => Interlocked.Increment(ref _alarms);

    public void Explained(bool byModel) => Interlocked.Increment(ref byModel ? ref _byModel : ref _byTemplate);

    public void Store(int records) => Interlocked.Add(ref _stored, records);

    public void Deliver(int records) => Interlocked.Add(ref _delivered, records);
}
