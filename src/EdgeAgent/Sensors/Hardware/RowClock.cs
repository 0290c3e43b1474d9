using System.Threading.Channels;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Core.Signals;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>Puts together a row of all channels at every multiple of the row's period. Runs on a thread of its own.</summary>
/// <param name="time">The wall clock.</param>
internal sealed class RowClock(
    double rateHz, int channels, IReadOnlyList<SensorReader> readers, DeadlineClock clock, ChannelWriter<SensorFrame> rows, TimeProvider time)
    : IRowMaker
{
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(1);

    private long _made;
    private long _missed;
    private long _dropped;

    public long Made => Volatile.Read(ref _made);

    public long Missed => Volatile.Read(ref _missed);

    public long Dropped => Volatile.Read(ref _dropped);

    public JitterHistogram Jitter { get; } = new();

    public void Run()
    {
        var period = TimeSpan.FromSeconds(1 / rateHz);
        var patience = period / 2 < LongestPatience ? period / 2 : LongestPatience;
        var schedule = new SampleSchedule(rateHz, clock.NextMultipleOf(period));
        while (clock.Wait(schedule.Due + patience))
        {
            var late = clock.Now - schedule.Due;
            Jitter.Record(late - patience);
            Make(schedule.Due, time.GetUtcNow() - late);
            schedule.Next(clock.Now - patience);
            Volatile.Write(ref _missed, schedule.Missed);
        }
    }

    private void Make(TimeSpan due, DateTimeOffset at)
    {
        var row = new float[channels];
        Array.Fill(row, float.NaN);
        foreach (var reader in readers)
        {
            reader.Cells.Take(due, row);
            reader.NoticeSilence(clock.Now);
        }

        // A live source cannot wait: keeping time matters more than a row for somebody who is far behind.
        if (rows.TryWrite(new SensorFrame(_made, at, due, row)))
        {
            Volatile.Write(ref _made, _made + 1);
        }
        else
        {
            Volatile.Write(ref _dropped, _dropped + 1);
        }
    }
}
