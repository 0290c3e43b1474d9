using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage;

public sealed class WrittenBytesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_day_costs_the_flash_is_told_after_an_hour_and_added_up_over_restarts()
    {
        for (var run = 1; run <= 2; run++)
        {
            using var outbox = new Outbox(Path.Combine(_folder.Path, "outbox.db"), new OutboxSettings { Time = _time });
            outbox.Tend(OutboxItems.Now, synced: true);
            Assert.Equal(run == 1 ? null : 1800, outbox.Status().WrittenSeconds);
            _time.Advance(TimeSpan.FromMinutes(30));
            outbox.Commit([.. Enumerable.Range(0, 100).Select(_ => OutboxItems.Decision(padding: 1000))], OutboxItems.Now);
            outbox.Tend(OutboxItems.Now, synced: true);
            Assert.Equal(run == 1, outbox.Status().BytesWrittenPerDay is null);
        }

        using var last = new Outbox(Path.Combine(_folder.Path, "outbox.db"), new OutboxSettings { Time = _time });
        var status = last.Status();
        Assert.Equal(3600, status.WrittenSeconds);
        Assert.Equal(status.WrittenBytes * 24, status.BytesWrittenPerDay);
        Assert.True(status.WrittenBytes >= 0);
    }
}
