using EdgeAgent.Commanding;

namespace EdgeAgent.Pipeline;

/// <summary>
/// Hands one request from the commands to the detect loop, which alone may touch the machine watch and looks in here between
/// two readings. A request that was withdrawn before it was taken has no effect later.
/// </summary>
internal sealed class CalibrationRequests
{
    private CalibrationRequest? _waiting;

    /// <summary>For the detect loop. Whoever takes a request answers it.</summary>
    public CalibrationRequest? Take() => Interlocked.Exchange(ref _waiting, null);

    /// <summary>For one caller at a time.</summary>
    public async Task<(int Windows, CommandProblem? Problem)> AskAsync(
        CalibrationRequest request, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _waiting, request);
        try
        {
            return await request.Answer.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return Interlocked.CompareExchange(ref _waiting, null, request) == request
                ? (0, new CommandProblem(CommandCodes.NoReadings, $"no reading came within {patience.TotalSeconds:0} s"))
                : await request.Answer.ConfigureAwait(false);
        }
    }
}
