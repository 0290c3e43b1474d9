namespace EdgeAgent.Tests.Sensors.Hardware.Iio;

/// <summary>A fake device that takes samples on a thread of its own, and waits for whoever reads them.</summary>
internal sealed class PlayedChip
{
    private readonly FakeIioDevice _chip;
    private readonly TaskCompletionSource<long> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _playing;
    private volatile bool _ended;

    /// <param name="first">The number of its first sample.</param>
    /// <param name="leftOut">The samples that it keeps to itself.</param>
    public PlayedChip(FakeIioDevice chip, long first, Func<long, bool> leftOut)
    {
        _chip = chip;
        _chip.WaitsForPlace = true;
        _playing = Task.Factory.StartNew(
            () =>
            {
                var start = FakeIioDevice.Now();
                _started.SetResult(start);
                chip.Play(first, start, _ => !_ended, leftOut);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>When the first sample was taken, in nanoseconds of the monotonic clock.</summary>
    public Task<long> Started => _started.Task;

    /// <param name="reading">Stopped besides.</param>
    public async Task EndAsync(CancellationTokenSource? reading)
    {
        _ended = true;
        _chip.WaitsForPlace = reading is null;
        await _playing;
        if (reading is not null)
        {
            await reading.CancelAsync();
        }
    }
}
