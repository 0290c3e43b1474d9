namespace EdgeAgent.Mqtt.Brokers;

/// <summary>The time between two attempts to reach a broker.</summary>
internal sealed class BrokerPause(BrokerConditions conditions, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Waits so long, or until the conditions of the last attempt have changed. Does not throw when it is stopped.</summary>
    /// <param name="before">The conditions of the attempt that failed.</param>
    public async Task WaitAsync(TimeSpan atMost, BrokerMoment before, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        try
        {
            while (atMost - time.GetElapsedTime(started) is { Ticks: > 0 } left && !conditions.HaveChangedSince(before))
            {
                await Task.Delay(left < Look ? left : Look, time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The loop's condition ends it.
        }
    }
}
