using System.Threading.Channels;
using EdgeAgent.Core.Lights;

namespace EdgeAgent.Outputs;

/// <summary>Where others leave word that something at the machine is to be shown. Nobody waits for it. Thread-safe.</summary>
internal sealed class OutputBell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Lock _lock = new();
    private LightSign? _verdict;
    private bool _alarms = true;

    /// <summary>Alarms may have changed.</summary>
    public void AlarmsChanged()
    {
        lock (_lock)
        {
            _alarms = true;
        }

        _rung.Writer.TryWrite(true);
    }

    /// <summary>What became of a package. Of several at once the latest counts.</summary>
    public void Judged(bool accepted)
    {
        lock (_lock)
        {
            _verdict = accepted ? LightSign.PackageAccepted : LightSign.PackageRefused;
        }

        _rung.Writer.TryWrite(true);
    }

    /// <returns>What was left since the last call; at first it says that alarms may have changed.</returns>
    public (bool Alarms, LightSign? Verdict) Take()
    {
        lock (_lock)
        {
            var left = (_alarms, _verdict);
            (_alarms, _verdict) = (false, null);
            return left;
        }
    }

    /// <summary>Until it rings, also if it rang before, or so long.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken stop)
    {
        using var enough = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, enough.Token);
        try
        {
            await _rung.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // It did not ring.
        }
    }
}
