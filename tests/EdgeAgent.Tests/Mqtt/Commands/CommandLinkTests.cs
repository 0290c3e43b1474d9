namespace EdgeAgent.Tests.Mqtt.Commands;

/// <summary>Connections that come and go under the commands.</summary>
public sealed class CommandLinkTests
{
    [Fact]
    public async Task An_answer_that_finds_no_connection_goes_over_the_next_one()
    {
        await using var bench = await CommandBench.StartAsync();
        bench.Effect.Hold();
        await bench.SendAsync("note", """{"id":"a"}""");
        await bench.Effect.Began.WaitAsync(CommandBench.Patience);
        await bench.Link.DisposeAsync();
        await bench.Agent.DisposeAsync();
        bench.Effect.Go();
        await bench.OpenAsync();

        Assert.Equal("a", (await bench.AnswerAsync()).Body.GetProperty("id").GetString());
        Assert.Equal(["a"], bench.Effect.Effects);
    }

    [Fact]
    public async Task At_a_stop_what_waits_is_told_that_nothing_happened_before_the_farewell()
    {
        await using var bench = await CommandBench.StartAsync();
        bench.Effect.Hold();
        await bench.SendAsync("note", """{"id":"1"}""");
        await bench.Effect.Began.WaitAsync(CommandBench.Patience);
        await bench.SendAsync("note", """{"id":"2"}""");
        await bench.SendAsync("none", """{"id":"behind"}""");
        Assert.Equal("behind", (await bench.AnswerAsync()).Body.GetProperty("id").GetString());

        await bench.StopExecutingAsync();
        await bench.Link.FinishAsync(CancellationToken.None);
        var first = (await bench.AnswerAsync()).Body;
        var second = (await bench.AnswerAsync()).Body;

        Assert.Equal(("1", "failed", "stopping"), (first.GetProperty("id").GetString(), first.GetProperty("result").GetString(), first.GetProperty("code").GetString()));
        Assert.Equal(("2", "busy", "stopping"), (second.GetProperty("id").GetString(), second.GetProperty("result").GetString(), second.GetProperty("code").GetString()));
        Assert.Empty(bench.Effect.Effects);
    }

    [Fact]
    public async Task A_frozen_broker_does_not_keep_the_agent_from_stopping()
    {
        await using var bench = await CommandBench.StartAsync();
        bench.Effect.Hold();
        await bench.SendAsync("note", """{"id":"1"}""");
        await bench.Effect.Began.WaitAsync(CommandBench.Patience);
        bench.Broker.Freeze();

        // When the executor has ended, an answer waits for the broker.
        await bench.StopExecutingAsync();
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Link.FinishAsync(giveUp.Token));
        await bench.Link.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        bench.Broker.Thaw();
    }
}
