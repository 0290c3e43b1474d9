using EdgeAgent.Mqtt.Connections;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Mqtt.Brokers;

/// <summary>Looks, while a connection stands, for a reason to leave it in order.</summary>
internal sealed class BrokerWatch : IDisposable
{
    private readonly BrokerConnector _connector;
    private readonly BrokerConditions _conditions;
    private readonly BrokerWatchTimes _times;
    private readonly ReachedBroker _current;
    private readonly MqttTls? _tls;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _leave = new();
    private readonly Task _watching;
    private ReachedBroker? _earlier;

    public BrokerWatch(
        ReachedBroker current, BrokerConnector connector, BrokerConditions conditions, MqttTls? tls, BrokerWatchTimes times, TimeProvider time, ILogger log)
    {
        _current = current;
        _connector = connector;
        _conditions = conditions;
        _tls = tls;
        _times = times;
        _time = time;
        _log = log;
        Leave = _leave.Token;
        _watching = Task.WhenAll(WatchFilesAsync(), SeekEarlierAsync());
    }

    /// <summary>Cancelled when the connection is to be left.</summary>
    public CancellationToken Leave { get; }

    /// <summary>Ends the watching.</summary>
    /// <returns>A connection to an earlier broker if one was made; it belongs to the caller.</returns>
    public async Task<ReachedBroker?> EndAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        return _earlier;
    }

    /// <summary>After <see cref="EndAsync"/>.</summary>
    public void Dispose()
    {
        _end.Dispose();
        _leave.Dispose();
    }

    /// <summary>
    /// A pair of files is not replaced in one step, so a change counts once two looks found the same; and a connection that
    /// works is not given up for files that cannot.
    /// </summary>
    private async Task WatchFilesAsync()
    {
        if (_tls is null)
        {
            return;
        }

        var last = _current.TlsFiles;
        var told = last;
        while (await RestAsync(_times.LookAtFiles).ConfigureAwait(false))
        {
            var now = _conditions.TlsFiles();
            if (now == last && now != _current.TlsFiles && now != told)
            {
                told = now;
                if (TlsFiles.Problem(_tls) is { } problem)
                {
                    BrokerLog.FilesNotTaken(_log, _current.Endpoint, problem);
                }
                else
                {
                    BrokerLog.FilesChanged(_log, _current.Endpoint);
                    await _leave.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }

            last = now;
        }
    }

    private async Task SeekEarlierAsync()
    {
        while (_current.Index > 0 && _times.SeekEarlier > TimeSpan.Zero && await RestAsync(_times.SeekEarlier).ConfigureAwait(false))
        {
            try
            {
                var attempt = await _connector.TryAsync(_current.Index, _end.Token).ConfigureAwait(false);
                if (attempt.Reached is { } earlier)
                {
                    _earlier = earlier;
                    BrokerLog.BackTo(_log, earlier.Endpoint, _current.Endpoint);
                    await _leave.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>False: the watching has ended.</summary>
    private async Task<bool> RestAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, _time, _end.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
