namespace EdgeAgent.Sensors;

/// <summary>
/// Lets readings out when they are due. Each deadline is counted from the start, so delays do not add up: after a stall
/// the readings come at once until the source has caught up.
/// </summary>
/// <param name="speed">Source seconds per real second; 0 = do not wait at all.</param>
internal sealed class Pace(double speed, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <param name="due">Source time since the start.</param>
    public ValueTask WaitUntilAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (speed <= 0)
        {
            return ValueTask.CompletedTask;
        }

        var wait = due / speed - time.GetElapsedTime(_started);
        return wait <= TimeSpan.Zero ? ValueTask.CompletedTask : new ValueTask(Task.Delay(wait, time, cancellationToken));
    }
}
