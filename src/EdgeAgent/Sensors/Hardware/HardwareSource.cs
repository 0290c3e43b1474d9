using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EdgeAgent.Core.Signals;
using EdgeAgent.Sensors.Hardware.Linux;
using Microsoft.Extensions.Logging;
using Channel = System.Threading.Channels.Channel;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>All hardware sensors of a config as one source: a thread per sensor, and one that makes the rows.</summary>
/// <param name="sensors">Each with its device, which the source owns.</param>
/// <param name="feed">The sensor whose samples make the rows; null where rows have a clock of their own.</param>
internal sealed class HardwareSource(
    IReadOnlyList<(SensorPlan Plan, ISensorDevice Device)> sensors, int channels, double rateHz, TimeProvider time, ILogger<HardwareSource> log, SampleFeed? feed = null)
    : ISensorSource
{
    private const int WaitingRows = 256;
    private const double WaitingSeconds = 2;
    private const int WaitingEvents = 256;

    /// <summary>After a stop, how long a sensor may still be busy with its bus.</summary>
    private static readonly TimeSpan LastReading = TimeSpan.FromSeconds(2);

    private readonly Channel<SensorEvent> _events = Channel.CreateBounded<SensorEvent>(
        new BoundedChannelOptions(WaitingEvents) { FullMode = BoundedChannelFullMode.DropOldest });

    private HardwareStatus? _status;

    /// <summary>What becomes of the sensors. Of what nobody takes the oldest goes first. Completed when the reading ends.</summary>
    public ChannelReader<SensorEvent> Events => _events.Reader;

    /// <summary>null before reading began.</summary>
    public HardwareStatus? Status => Volatile.Read(ref _status);

    public async IAsyncEnumerable<SensorFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var clock = new DeadlineClock(time);
        var rows = Channel.CreateBounded<SensorFrame>(new BoundedChannelOptions(Math.Max(WaitingRows, (int)(WaitingSeconds * rateHz))) { SingleReader = true });
        var readers = sensors
            .Select(each => new SensorReader(each.Plan, each.Device, clock, new SensorReports(each.Plan, _events.Writer, log)))
            .ToList();
        IRowMaker rowMaker = feed is null
            ? new RowClock(rateHz, channels, readers, clock, rows.Writer, time)
            : new SampleRows(feed, sensors[feed.Sensor].Plan, rateHz, channels, readers, clock, rows.Writer, time);
        Volatile.Write(ref _status, new HardwareStatus(rowMaker, readers));
        var threads = new SensorThreads(readers, rowMaker, rows.Writer, log);
        try
        {
            threads.Start();
            await foreach (var row in rows.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return row;
            }
        }
        finally
        {
            clock.Stop();

            // A thread that is still inside its bus may come back and look at the clock.
            if (await threads.EndAsync(LastReading, time).ConfigureAwait(false))
            {
                clock.Dispose();
            }

            HardwareLog.Rows(
                log, rowMaker.Made, rowMaker.Missed, rowMaker.Dropped, rowMaker.Jitter.WithinMicroseconds(0.5), rowMaker.Jitter.WithinMicroseconds(0.99), rowMaker.Jitter.Most.TotalMicroseconds);
            _events.Writer.TryComplete();
        }
    }

    public void Dispose()
    {
        // Devices belong to their threads, which close them; a source that was never read has opened none.
    }
}
