using EdgeAgent.Storage;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.Tests.Pipeline;

/// <summary>
/// A child process that only stores and sends, killed again and again at moments that nobody chose: while it starts and repairs, and within
/// 300 ms of its first PUBACK or its first decision. Real Mosquitto, real files, SIGKILL.
/// </summary>
public sealed class ChildKillTests : IDisposable
{
    /// <summary>EDGEAGENT_CHILD_KILLS=10000 by hand, which takes an hour; every run takes other moments unless EDGEAGENT_SEED says which.</summary>
    private static readonly int Kills = LongForm.Number("EDGEAGENT_CHILD_KILLS", 40);

    private const int LatestAfterwards = 300;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_that_was_stored_before_a_kill_is_missing_and_a_kill_sends_no_more_again_than_was_in_flight()
    {
        var seed = LongForm.Number("EDGEAGENT_SEED", Environment.TickCount);
        var random = new Random(seed);
        var tally = new KillTally("child", seed);
        await using var broker = await MosquittoBroker.StartAsync(KillTally.ReceiveMaximum, "max_queued_messages 0");
        await using var receiver = await Receiver.StartAsync(broker.Port);
        var usualStart = TimeSpan.FromSeconds(1);

        while (tally.Kills < Kills)
        {
            usualStart = await KillOneAsync(broker.Port, random, usualStart, tally) ?? usualStart;
            if (tally.Kills % 500 == 0)
            {
                KillTally.Say(receiver.Look(tally.Line));
            }
        }

        await using (var last = ChildProcess.Start(_folder.Path, broker.Port, "drain"))
        {
            Assert.True(await last.EndAsync() == 0, last.Said());
        }

        using var outbox = new Outbox(Path.Combine(_folder.Path, "outbox.db"));
        var status = outbox.Status();
        Assert.Equal((0, 0, 0, 0, 0), (status.Lost, status.Waiting, status.Dead, status.Evicted, status.Damaged));

        var all = tally.AllReceived();
        await receiver.UntilAsync(receipts => receipts.HighestSeq == status.LastSeq && all(receipts), Silence);
        receiver.Look(receipts =>
        {
            tally.AssertKept(receipts);
            return true;
        });
        Assert.Equal(status.LastSeq, receiver.Look(receipts => receipts.HighestSeq));
        Assert.Empty(Directory.GetFiles(_folder.Path, "outbox.damaged-*"));
    }

    /// <returns>How long it took to the first PUBACK or the first decision, if that was waited for.</returns>
    private async Task<TimeSpan?> KillOneAsync(int port, Random random, TimeSpan usualStart, KillTally tally)
    {
        await using var child = ChildProcess.Start(_folder.Path, port);
        TimeSpan? start = null;
        if (random.Next(4) is var moment && moment == 0)
        {
            await Task.Delay(usualStart * random.NextDouble());
        }
        else
        {
            // What waited since the last kill is often acknowledged before the first new decision is stored.
            var (after, problem) = await (moment == 1 ? child.FirstStoredAsync() : child.FirstAcknowledgementAsync());
            start = after;
            if (start is null)
            {
                tally.Failed(problem);
            }

            await Task.Delay(random.Next(0, LatestAfterwards));
        }

        if (!await child.KillAsync())
        {
            tally.Failed($"ended by itself: {child.Said()}");
        }

        tally.Killed(child.Stored, child.FirstStoredAfter);
        return start;
    }
}
