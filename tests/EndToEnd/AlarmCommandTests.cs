using System.Text.Json;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>What an operator does about an alarm from his terminal, over MQTT.</summary>
public sealed class AlarmCommandTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_alarm_is_acknowledged_shelved_unshelved_and_judged()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        Configure(broker, ["acknowledge", "feedback", "shelve", "unshelve"]);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        var alarm = await RaisedAsync(subscriber);

        var acknowledged = await AskAsync(broker, "acknowledge", "a-1", $$"""{"alarmId":"{{alarm}}","comment":"on my way"}""");
        Assert.Equal("done", acknowledged.Text("result"));
        Assert.True(acknowledged!.Value.GetProperty("data").GetProperty("alarm").GetProperty("acknowledged").GetBoolean());
        var told = await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "event") == "acknowledged");
        Assert.Equal(alarm, Subscriber.Text(told, "alarmId"));
        Assert.Contains("shift 2", told.GetRawText());

        var shelved = await AskAsync(broker, "shelve", "s-1", $$"""{"alarmId":"{{alarm}}","seconds":600}""");
        Assert.Equal("done", shelved.Text("result"));
        Assert.Equal(JsonValueKind.String, shelved!.Value.GetProperty("data").GetProperty("alarm").GetProperty("shelvedUntil").ValueKind);
        Assert.Equal("done", (await AskAsync(broker, "unshelve", "u-1", $$"""{"alarmId":"{{alarm}}"}""")).Text("result"));
        Assert.Equal("done", (await AskAsync(broker, "feedback", "f-1", $$"""{"alarmId":"{{alarm}}","verdict":"false-alarm","comment":"cable"}""")).Text("result"));
        var list = await Cli.RunAsync("alarms", "list", "--data-dir", _bench.Data, "--json");
        Assert.Contains("false-alarm", list.Output + list.Errors);

        // The same commands again are answered as before, and nothing is decided.
        var events = subscriber.Messages.Count(message => Subscriber.Text(message.Body, "event") is "acknowledged" or "shelved");
        Assert.Equal(JsonSerializer.Serialize(acknowledged), JsonSerializer.Serialize(await AskAsync(broker, "acknowledge", "a-1", $$"""{"alarmId":"{{alarm}}","comment":"on my way"}""")));
        Assert.Equal(events, subscriber.Messages.Count(message => Subscriber.Text(message.Body, "event") is "acknowledged" or "shelved"));
    }

    [Fact]
    public async Task A_latched_alarm_is_reset_when_its_cause_is_gone()
    {
        await _bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(
            Workbench.Pump(speed: 100, "discharge-restriction", startSeconds: 90, lasts: 600), broker.Port, latch: true, commands: new { allow = new[] { "reset", "acknowledge" } });
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        var alarm = Subscriber.Text(
            await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "machine" && Subscriber.Text(body, "event") == "raised"), "alarmId");
        Assert.Equal(("refused", "not-possible"), await ResetAsync("r-1"));

        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "alarmId") == alarm && body.TryGetProperty("alarm", out var status) && status.GetProperty("latched").GetBoolean());
        Assert.Equal(("done", ""), await ResetAsync("r-2"));
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "alarmId") == alarm && Subscriber.Text(body, "event") == "reset");

        async Task<(string Result, string Code)> ResetAsync(string id)
        {
            var answer = await AskAsync(broker, "reset", id, $$"""{"alarmId":"{{alarm}}"}""");
            return (answer.Text("result"), answer.Text("code"));
        }
    }

    [Fact]
    public async Task What_is_wrong_or_not_allowed_changes_no_alarm()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        Configure(broker, ["acknowledge", "feedback", "shelve"]);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        var alarm = await RaisedAsync(subscriber);
        const string Other = "0190a0a0-0000-7000-8000-000000000000";

        Assert.Equal("unknown-alarm", (await AskAsync(broker, "acknowledge", "1", $$"""{"alarmId":"{{Other}}"}""")).Text("code"));
        Assert.Equal("unknown-alarm", (await AskAsync(broker, "feedback", "2", $$"""{"alarmId":"{{Other}}","verdict":"true-fault"}""")).Text("code"));
        Assert.Equal("bad-arguments", (await AskAsync(broker, "acknowledge", "3", """{"alarmId":"all"}""")).Text("code"));
        Assert.Equal("bad-arguments", (await AskAsync(broker, "shelve", "4", $$"""{"alarmId":"{{alarm}}"}""")).Text("code"));
        Assert.Equal("bad-arguments", (await AskAsync(broker, "shelve", "5", $$"""{"alarmId":"{{alarm}}","seconds":1000000000}""")).Text("code"));
        Assert.Equal("bad-arguments", (await AskAsync(broker, "feedback", "6", $$"""{"alarmId":"{{alarm}}","verdict":"maybe"}""")).Text("code"));
        Assert.Equal("not-allowed", (await AskAsync(broker, "reset", "7", $$"""{"alarmId":"{{alarm}}"}""")).Text("code"));
        Assert.DoesNotContain(subscriber.Messages, message => Subscriber.Text(message.Body, "event") is "acknowledged" or "shelved" or "reset");
    }

    private static Task<JsonElement?> AskAsync(MosquittoBroker broker, string name, string id, string arguments) =>
        Commander.AskAsync(broker.Port, name, $$"""{"id":"{{id}}","who":"shift 2","arguments":{{arguments}}}""");

    private static async Task<string> RaisedAsync(Subscriber subscriber) => Subscriber.Text(
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "sensor" && Subscriber.Text(body, "event") == "raised"), "alarmId")!;

    /// <summary>A sensor that drops out and stays away.</summary>
    private void Configure(MosquittoBroker broker, string[] allow) => _bench.Configure(
        new { kind = "simulated", seed = 3, speed = 5, sensorFaults = new[] { new { sensor = "Flow", kind = "missing", startSeconds = 10, durationSeconds = 100_000 } } },
        broker.Port,
        commands: new { allow });
}
