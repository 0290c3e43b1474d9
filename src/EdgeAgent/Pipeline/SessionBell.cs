using System.Threading.Channels;

namespace EdgeAgent.Pipeline;

/// <summary>Wakes the loop of a broker session: an answer, something stored, a stop, the end of the connection, or a time that has come.</summary>
internal sealed class SessionBell : IAsyncDisposable
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly CancellationTokenSource _end = new();
    private readonly ITimer _timer;
    private readonly Task _listening;
    private volatile bool _stored;

    /// <param name="stored">Rung when there is something new in the outbox.</param>
    /// <param name="gone">Completes with the connection.</param>
    public SessionBell(ChannelReader<bool> stored, Task gone, TimeProvider time)
    {
        _timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _listening = Task.WhenAll(ListenAsync(stored), ListenAsync(gone));
    }

    public void Ring() => _rung.Writer.TryWrite(true);

    /// <returns>Whether something was stored since the last call.</returns>
    public bool TakeStored()
    {
        var stored = _stored;
        _stored = false;
        return stored;
    }

    /// <summary>Until it rings, also if it rang before, or so long.</summary>
    public async ValueTask WaitAsync(TimeSpan atMost)
    {
        if (_rung.Reader.TryRead(out _))
        {
            return; // Without touching the timer: while much is sent, it has always rung.
        }

        _timer.Change(atMost, Timeout.InfiniteTimeSpan);
        await _rung.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task ListenAsync(ChannelReader<bool> stored)
    {
        while (await stored.WaitToReadAsync(_end.Token).ConfigureAwait(false))
        {
            stored.TryRead(out _);
            _stored = true;
            Ring();
        }
    }

    private async Task ListenAsync(Task gone)
    {
        await gone.WaitAsync(_end.Token).ConfigureAwait(false);
        Ring();
    }
}
