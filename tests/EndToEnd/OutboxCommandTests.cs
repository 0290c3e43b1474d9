using System.Text.Json;

namespace EdgeAgent.EndToEnd;

/// <summary>`outbox status|peek|drain` as processes, on what a real agent left.</summary>
public sealed class OutboxCommandTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task What_waits_is_shown_and_then_moved_to_a_file_and_is_in_one_of_the_two()
    {
        _bench.Configure(Workbench.RainOfAlarms(speed: 200), port: null);
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            await agent.WaitForLineAsync("seq 5");
            var refused = await Cli.RunAsync("outbox", "drain", "--data-dir", _bench.Data, "--to", _bench.File("out.jsonl"));
            refused.AssertOneLineError(2, "another agent may hold it");
            Assert.False(File.Exists(_bench.File("out.jsonl")));
            var whileRunning = await StatusAsync();
            Assert.True(whileRunning.GetProperty("waiting").GetInt64() >= 5);
            Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        }

        var before = await StatusAsync();
        var peeked = await Cli.RunAsync("outbox", "peek", "--data-dir", _bench.Data, "--limit", "3");
        Assert.Equal([1, 2, 3], Lines(peeked.Output).Select(Seq));

        var drained = await Cli.RunAsync("outbox", "drain", "--data-dir", _bench.Data, "--to", _bench.File("out.jsonl"));
        Assert.True(drained.ExitCode == 0, drained.Errors);
        var file = Lines(await File.ReadAllTextAsync(_bench.File("out.jsonl")));
        Assert.Equal(before.GetProperty("waiting").GetInt32(), file.Count);
        Assert.Equal(Enumerable.Range(1, file.Count).Select(i => (long)i), file.Select(Seq));

        var after = await StatusAsync();
        Assert.Equal((0, file.Count, 0), (after.GetProperty("waiting").GetInt32(), after.GetProperty("drained").GetInt32(), after.GetProperty("lost").GetInt32()));
        Assert.Equal(0, after.GetProperty("bytes").GetInt64());

        var again = await Cli.RunAsync("outbox", "drain", "--data-dir", _bench.Data, "--to", _bench.File("out.jsonl"));
        again.AssertOneLineError(2, "out.jsonl exists");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_takes_nothing_out()
    {
        _bench.Configure(Workbench.RainOfAlarms(speed: 200), port: null);
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            await agent.WaitForLineAsync("seq 2");
        }

        var before = await StatusAsync();
        var result = await Cli.RunAsync("outbox", "drain", "--data-dir", _bench.Data, "--to", _bench.File("no/such/folder.jsonl"));

        result.AssertOneLineError(1, "nothing was taken out");
        Assert.Equal(before.GetProperty("waiting").GetInt64(), (await StatusAsync()).GetProperty("waiting").GetInt64());
    }

    private async Task<JsonElement> StatusAsync()
    {
        var result = await Cli.RunAsync("outbox", "status", "--data-dir", _bench.Data, "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static List<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static long Seq(string line) => JsonDocument.Parse(line).RootElement.GetProperty("seq").GetInt64();
}
