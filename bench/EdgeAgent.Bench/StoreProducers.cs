using EdgeAgent.Storage;

namespace EdgeAgent.Bench;

/// <summary>
/// Producers that each wait until their record is durable before they make the next: over the agent's own store loop, which stores
/// all that wait in one commit, or each with a commit of its own.
/// </summary>
internal sealed class StoreProducers(Outbox outbox, int producers, int recordsEach)
{
    public int Records => producers * recordsEach;

    public Task CommitEachAsync() => RunAsync(() =>
    {
        outbox.Commit([BenchDecisions.Notice()], DateTimeOffset.UtcNow);
        return Task.CompletedTask;
    });

    public async Task OverTheLoopAsync()
    {
        var loop = new RunningStoreLoop(outbox, journalPath: ":memory:");
        await using var running = loop.ConfigureAwait(false);
        await RunAsync(() => loop.StoreAsync(BenchDecisions.Notice())).ConfigureAwait(false);
    }

    private Task RunAsync(Func<Task> store) => Task.WhenAll(Enumerable.Range(0, producers).Select(_ => Task.Factory.StartNew(
        async () =>
        {
            for (var i = 0; i < recordsEach; i++)
            {
                await store().ConfigureAwait(false);
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default).Unwrap()));
}
