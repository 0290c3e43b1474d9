namespace EdgeAgent.Language;

/// <summary>How long a worker that failed rests: not at all the first time, then 1 s, 2 s, 4 s, … up to a minute.</summary>
internal sealed class RestartBackoff(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private int _failures;
    private long _lastFailure;

    public int Failures => _failures;

    public TimeSpan Remaining
    {
        get
        {
            var rest = _failures < 2 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failures - 2, 10)));
            var left = (rest < Longest ? rest : Longest) - time.GetElapsedTime(_lastFailure);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Fail() => (_failures, _lastFailure) = (_failures + 1, time.GetTimestamp());

    public void Succeed() => _failures = 0;
}
