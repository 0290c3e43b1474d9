using System.Diagnostics;

namespace EdgeAgent.Bench;

/// <summary>The shipped language model, decoding one text after another in so many processes, each on a core of its own.</summary>
internal sealed class DecodingLoad(int processes) : IDisposable
{
    private const string Prompt = "Motor current 12.4 A, baseline 8.1 A, rising. Motor temperature 71 °C, baseline 55 °C, rising.";

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task<int>> _loops = [];
    private long _began;

    public void Start()
    {
        _began = Stopwatch.GetTimestamp();
        _loops.AddRange(Enumerable.Range(0, processes).Select(_ => DecodeAsync()));
    }

    /// <returns>How many texts were written, in what time.</returns>
    public async Task<(int Texts, double Seconds)> EndAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        var texts = await Task.WhenAll(_loops).ConfigureAwait(false);
        return (texts.Sum(), Stopwatch.GetElapsedTime(_began).TotalSeconds);
    }

    public void Dispose() => _stop.Dispose();

    private async Task<int> DecodeAsync()
    {
        var texts = 0;
        for (; !_stop.IsCancellationRequested; texts++)
        {
            var (code, said) = await ChildProcess.RunAsync(
                Places.Agent, ["generate", "--package", Path.Combine(Places.Root, "models", "pump-language"), "--prompt", Prompt]).ConfigureAwait(false);
            if (code != 0)
            {
                throw new IOException(said);
            }
        }

        return texts;
    }
}
