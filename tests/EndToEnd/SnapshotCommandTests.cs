using System.Globalization;
using System.Text.Json;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>The readings around an alarm over a real broker: to whoever asks, where the config allows it, and never otherwise.</summary>
public sealed class SnapshotCommandTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_answer_holds_what_the_device_exports_and_nobody_else_gets_readings()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        await using var agent = Start(broker, ["snapshot"]);
        var raised = await WaitUntilKeptAsync(agent, subscriber);

        var whole = await AskAsync(broker, "1", $$"""{"alarmId":"{{Subscriber.Text(raised, "alarmId")}}"}""");
        var byDecision = await AskAsync(broker, "2", $$"""{"decisionId":"{{Subscriber.Text(raised, "id")}}"}""");
        var csv = _bench.File("export.csv");
        Assert.Equal(0, (await Cli.RunAsync("snapshots", "export", Subscriber.Text(raised, "alarmId")!, "--to", csv, "--data-dir", _bench.Data)).ExitCode);

        Assert.Equal("done", whole.Text("result"));
        var data = whole!.Value.GetProperty("data");
        PayloadSchema.AssertValid("snapshot-answer.schema.json", data);
        PayloadSchema.AssertValid("snapshot.schema.json", data.GetProperty("header"));
        Assert.Equal(await File.ReadAllTextAsync(csv), Subscriber.Text(data, "csv"));
        Assert.False(data.GetProperty("truncated").GetBoolean());
        Assert.Equal(Subscriber.Text(data, "csv"), Subscriber.Text(byDecision!.Value.GetProperty("data"), "csv"));

        // The two answers are the only messages with readings in them, whatever else was published.
        await subscriber.WaitForAsync((topic, body) => topic.EndsWith("/answer/terminal", StringComparison.Ordinal) && Subscriber.Text(body, "id") == "2");
        var withReadings = subscriber.Messages.Where(message => message.Body.GetRawText().Contains("seconds from alarm", StringComparison.Ordinal));
        Assert.Equal(["1", "2"], withReadings.Select(message => Subscriber.Text(message.Body, "id")).Order());
    }

    [Fact]
    public async Task A_window_larger_than_the_answer_is_had_in_pieces()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        await using var agent = Start(broker, ["snapshot"]);
        var alarm = Subscriber.Text(await WaitUntilKeptAsync(agent, subscriber), "alarmId");

        var middle = (await AskAsync(broker, "m", $$"""{"alarmId":"{{alarm}}","maxBytes":4096}"""))!.Value.GetProperty("data");
        var (first, sent) = (middle.GetProperty("firstReading").GetInt32(), middle.GetProperty("sentReadings").GetInt32());
        var header = middle.GetProperty("header");
        var raise = header.GetProperty("readingsBefore").GetInt32() - 1;
        Assert.True(middle.GetProperty("truncated").GetBoolean());
        Assert.InRange(raise, first + (sent / 2) - 1, first + (sent / 2) + 1);

        var pieces = new List<string>();
        for (var next = 0; next < header.GetProperty("readings").GetInt32();)
        {
            var piece = (await AskAsync(broker, $"p-{next}", string.Create(CultureInfo.InvariantCulture, $$"""{"alarmId":"{{alarm}}","maxBytes":4096,"firstReading":{{next}}}""")))!.Value.GetProperty("data");
            Assert.Equal(next, piece.GetProperty("firstReading").GetInt32());
            var lines = Subscriber.Text(piece, "csv")!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(piece.GetProperty("sentReadings").GetInt32(), lines.Length - 1);
            pieces.AddRange(lines[(next == 0 ? 0 : 1)..]);
            next += lines.Length - 1;
        }

        var csv = _bench.File("export.csv");
        Assert.Equal(0, (await Cli.RunAsync("snapshots", "export", alarm!, "--to", csv, "--data-dir", _bench.Data)).ExitCode);
        Assert.Equal(await File.ReadAllLinesAsync(csv), pieces);
    }

    [Fact]
    public async Task What_is_unknown_wrong_or_not_allowed_gives_no_readings()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        await using (var agent = Start(broker, ["status"]))
        {
            var alarm = Subscriber.Text(await WaitUntilKeptAsync(agent, subscriber), "alarmId");
            Assert.Equal(("rejected", "not-allowed"), await CodesAsync("1", $$"""{"alarmId":"{{alarm}}"}"""));
        }

        await using var allowed = Start(broker, ["snapshot"]);
        await allowed.WaitForLineAsync("Commands are taken");
        const string Other = "0190a0a0-0000-7000-8000-000000000000";
        Assert.Equal(("refused", "no-snapshot"), await CodesAsync("2", $$"""{"alarmId":"{{Other}}"}"""));
        Assert.Equal(("rejected", "bad-arguments"), await CodesAsync("3", "{}"));
        Assert.Equal(("rejected", "bad-arguments"), await CodesAsync("4", $$"""{"alarmId":"{{Other}}","decisionId":"{{Other}}"}"""));
        Assert.Equal(("rejected", "bad-arguments"), await CodesAsync("5", $$"""{"alarmId":"{{Other}}","maxBytes":10}"""));
        foreach (var file in Directory.GetFiles(Path.Combine(_bench.Data, "snapshots")))
        {
            await File.WriteAllTextAsync(file, "{}\n");
            Assert.Equal(("failed", "damaged"), await CodesAsync("6", $$"""{"alarmId":"{{Path.GetFileNameWithoutExtension(file)[9..]}}"}"""));
        }

        Assert.DoesNotContain(subscriber.Messages, message => message.Body.GetRawText().Contains("seconds from alarm", StringComparison.Ordinal));

        async Task<(string Result, string Code)> CodesAsync(string id, string arguments)
        {
            var answer = await AskAsync(broker, id, arguments);
            return (answer.Text("result"), answer.Text("code"));
        }
    }

    [Fact]
    public async Task An_answer_that_the_broker_does_not_take_is_told_and_a_smaller_one_arrives()
    {
        await using var broker = await MosquittoBroker.StartAsync("max_packet_size 12000");
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        await using var agent = Start(broker, ["snapshot"]);
        var alarm = Subscriber.Text(await WaitUntilKeptAsync(agent, subscriber), "alarmId");

        var refused = await AskAsync(broker, "1", $$"""{"alarmId":"{{alarm}}"}""");
        Assert.Equal(("failed", "answer-too-large"), (refused.Text("result"), refused.Text("code")));
        Assert.Equal("done", (await AskAsync(broker, "2", $$"""{"alarmId":"{{alarm}}","maxBytes":8000}""")).Text("result"));
    }

    private static Task<JsonElement?> AskAsync(MosquittoBroker broker, string id, string arguments) =>
        Commander.AskAsync(broker.Port, "snapshot", $$"""{"id":"{{id}}","who":"support","arguments":{{arguments}}}""");

    /// <returns>The decision that raised an alarm whose readings are all there.</returns>
    private static async Task<JsonElement> WaitUntilKeptAsync(AgentProcess agent, Subscriber subscriber)
    {
        await agent.WaitForLineAsync("after it, Complete");
        return await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "sensor" && Subscriber.Text(body, "event") == "raised");
    }

    /// <summary>A sensor that drops out once.</summary>
    private AgentProcess Start(MosquittoBroker broker, string[] allow)
    {
        _bench.Configure(
            new { kind = "simulated", seed = 3, speed = 100, sensorFaults = new[] { new { sensor = "Flow", kind = "missing", startSeconds = 120, durationSeconds = 100_000 } } },
            broker.Port,
            commands: new { allow },
            snapshots: new { beforeSeconds = 100, afterSeconds = 60 });
        return AgentProcess.Start(_bench.Config, _bench.Data);
    }
}
