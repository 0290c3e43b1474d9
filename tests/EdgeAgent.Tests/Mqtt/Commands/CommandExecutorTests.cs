using System.Text.Json;

namespace EdgeAgent.Tests.Mqtt.Commands;

/// <summary>How commands that are right are carried out: one at a time, in time, written down; on a real Mosquitto.</summary>
public sealed class CommandExecutorTests
{
    [Fact]
    public async Task When_the_queue_is_full_the_newest_is_answered_busy_and_may_come_again()
    {
        await using var bench = await CommandBench.StartAsync(queue: 2);
        bench.Effect.Hold();
        await bench.SendAsync("note", """{"id":"1"}""");
        await bench.Effect.Began.WaitAsync(CommandBench.Patience);
        foreach (var id in new[] { "2", "3", "4" })
        {
            await bench.SendAsync("note", $$"""{"id":"{{id}}"}""");
        }

        var busy = (await bench.AnswerAsync()).Body;
        Assert.Equal(("4", "busy", "busy"), (Text(busy, "id"), Text(busy, "result"), Text(busy, "code")));
        bench.Effect.Go();
        foreach (var id in new[] { "1", "2", "3" })
        {
            var done = (await bench.AnswerAsync()).Body;
            Assert.Equal((id, "done"), (Text(done, "id"), Text(done, "result")));
        }

        await bench.SendAsync("note", """{"id":"4"}""");
        Assert.Equal("done", Text((await bench.AnswerAsync()).Body, "result"));
        Assert.Equal(["1", "2", "3", "4"], bench.Effect.Effects);
    }

    [Fact]
    public async Task A_command_whose_expiry_passes_while_it_waits_is_not_carried_out()
    {
        await using var bench = await CommandBench.StartAsync();
        bench.Effect.Hold();
        await bench.SendAsync("note", """{"id":"1"}""");
        await bench.Effect.Began.WaitAsync(CommandBench.Patience);
        await bench.SendAsync("note", """{"id":"2"}""", expiry: TimeSpan.FromSeconds(1));
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        bench.Effect.Go();
        Assert.Equal("done", Text((await bench.AnswerAsync()).Body, "result"));
        var late = (await bench.AnswerAsync()).Body;

        Assert.Equal(("2", "refused", "expired"), (Text(late, "id"), Text(late, "result"), Text(late, "code")));
        Assert.Equal(["1"], bench.Effect.Effects);

        // Nothing was begun, so the same id may come again.
        await bench.SendAsync("note", """{"id":"2"}""");
        Assert.Equal("done", Text((await bench.AnswerAsync()).Body, "result"));
    }

    [Fact]
    public async Task A_command_that_breaks_is_answered_and_the_next_one_is_carried_out()
    {
        await using var bench = await CommandBench.StartAsync();
        await bench.SendAsync("note", """{"id":"a","arguments":{"number":9}}""");
        var broken = (await bench.AnswerAsync()).Body;
        Assert.Equal(("failed", "broken"), (Text(broken, "result"), Text(broken, "code")));
        await bench.SendAsync("note", """{"id":"b"}""");
        Assert.Equal("done", Text((await bench.AnswerAsync()).Body, "result"));
    }

    [Fact]
    public async Task One_that_only_reads_is_answered_afresh_each_time()
    {
        await using var bench = await CommandBench.StartAsync();
        for (var count = 1; count <= 2; count++)
        {
            await bench.SendAsync("look", """{"id":"a"}""");
            Assert.Equal(count, (await bench.AnswerAsync()).Body.GetProperty("data").GetProperty("count").GetInt32());
        }
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_carried_out_and_a_broken_memory_is_set_aside()
    {
        await using var bench = await CommandBench.StartAsync(prepare: folder => folder.Write("commands.db", new string('x', 5000)));
        await bench.SendAsync("note", """{"id":"a"}""");
        var failed = (await bench.AnswerAsync()).Body;
        Assert.Equal(("failed", "not-stored"), (Text(failed, "result"), Text(failed, "code")));
        Assert.Empty(bench.Effect.Effects);

        await bench.SendAsync("note", """{"id":"a"}""");
        Assert.Equal("done", Text((await bench.AnswerAsync()).Body, "result"));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(bench.MemoryFile)!, "commands.damaged-0001-*.db"));
    }

    private static string? Text(JsonElement body, string key) => body.GetProperty(key).GetString();
}
