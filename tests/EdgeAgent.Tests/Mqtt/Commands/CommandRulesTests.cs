using System.Text;
using System.Text.Json;
using EdgeAgent.Commanding;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Commands;

/// <summary>Which commands have an effect and which have none, on a real Mosquitto.</summary>
public sealed class CommandRulesTests
{
    [Theory]
    [InlineData(MqttQos.AtMostOnce)]
    [InlineData(MqttQos.AtLeastOnce)]
    internal async Task A_command_is_carried_out_once_and_answered_where_it_asks(MqttQos qos)
    {
        await using var bench = await CommandBench.StartAsync();
        await bench.SendAsync("note", """{"id":"a","who":"me","arguments":{"number":3}}""", correlation: "\0\u0001x", qos: qos);
        var (message, body) = await bench.AnswerAsync();

        Assert.Equal(["a"], bench.Effect.Effects);
        Assert.Equal(("a", "note", "done", "unsynced"), (Text(body, "id"), Text(body, "command"), Text(body, "result"), Text(body, "clock")));
        Assert.Equal(1, body.GetProperty("data").GetProperty("count").GetInt32());
        Assert.False(body.TryGetProperty("code", out _));
        Assert.Equal("\0\u0001x", Encoding.UTF8.GetString(message.CorrelationData!.Value.Span));
        Assert.Equal((MqttQos.AtLeastOnce, false, "application/json"), (message.Qos, message.Retain, message.ContentType));
        Assert.Equal(new MqttUserProperty("schema", "edgeagent/command-answer/1"), Assert.Single(message.UserProperties));
        Assert.InRange(message.Expiry!.Value.TotalSeconds, 50, 60);
    }

    [Fact]
    public async Task The_same_id_gets_the_first_answer_byte_for_byte_and_has_no_second_effect()
    {
        await using var bench = await CommandBench.StartAsync();
        await bench.SendAsync("note", """{"id":"a","arguments":{"number":3}}""");
        var (first, _) = await bench.AnswerAsync();
        await bench.SendAsync("note", """{ "id": "a", "who": "me again", "arguments": { "number": 3 } }""", correlation: "second");
        var (second, _) = await bench.AnswerAsync();

        Assert.Equal(["a"], bench.Effect.Effects);
        Assert.Equal(first.Payload.ToArray(), second.Payload.ToArray());
        Assert.Equal("second", Encoding.UTF8.GetString(second.CorrelationData!.Value.Span));
        Assert.Contains(new MqttUserProperty("repeated", "true"), second.UserProperties);
        Assert.Equal((1L, 1L), (bench.Tally.Executed, bench.Tally.Repeated));
    }

    [Theory]
    [InlineData("note", """{"id":"a","arguments":{"number":4}}""")]
    [InlineData("note", """{"id":"a"}""")]
    public async Task An_id_that_was_used_for_something_else_is_rejected(string name, string payload)
    {
        await using var bench = await CommandBench.StartAsync();
        await bench.SendAsync("note", """{"id":"a","arguments":{"number":3}}""");
        await bench.AnswerAsync();
        await bench.SendAsync(name, payload);
        await AssertRejectedAsync(bench, "a", CommandCodes.IdReused);
        Assert.Equal(["a"], bench.Effect.Effects);
    }

    [Theory]
    [InlineData("note", "no json", null, CommandCodes.Malformed)]
    [InlineData("note", """{"id":"a","id":"a"}""", null, CommandCodes.Malformed)]
    [InlineData("note", """{"id":"a","arguments":{"number":10}}""", "a", CommandCodes.BadArguments)]
    [InlineData("note", """{"id":"a","arguments":{"number":"3"}}""", "a", CommandCodes.BadArguments)]
    [InlineData("note", """{"id":"a","arguments":{"nubmer":3}}""", "a", CommandCodes.BadArguments)]
    [InlineData("none", """{"id":"a"}""", "a", CommandCodes.Unknown)]
    [InlineData("NOTE", """{"id":"a"}""", "a", CommandCodes.Unknown)]
    [InlineData("forbidden", """{"id":"a"}""", "a", CommandCodes.NotAllowed)]
    public async Task A_wrong_command_is_answered_with_the_reason_counted_and_has_no_effect(string name, string payload, string? id, string code)
    {
        await using var bench = await CommandBench.StartAsync();
        await bench.SendAsync(name, payload);
        await AssertRejectedAsync(bench, id, code);
        Assert.Empty(bench.Effect.Effects);
        Assert.Equal(0, bench.Tally.Executed);

        // A right one with the same id is not taken for a repetition.
        await bench.SendAsync("note", """{"id":"a"}""");
        Assert.Equal("done", Text((await bench.AnswerAsync()).Body, "result"));
    }

    [Fact]
    public async Task A_long_payload_is_rejected_unread_and_one_that_just_fits_is_not()
    {
        await using var bench = await CommandBench.StartAsync(largest: 1024);
        await bench.SendAsync("note", """{"id":"a"}""".PadRight(1025));
        await AssertRejectedAsync(bench, id: null, CommandCodes.TooLarge);
        await bench.SendAsync("note", """{"id":"a"}""".PadRight(1024));
        Assert.Equal("done", Text((await bench.AnswerAsync()).Body, "result"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(CommandBench.Root + "/decision")]
    [InlineData(CommandBench.Root + "/command/note")]
    public async Task A_command_that_cannot_be_answered_is_counted_and_has_no_effect(string? answerTo)
    {
        await using var bench = await CommandBench.StartAsync();
        await bench.SendAsync("note", """{"id":"a"}""", answerTo);
        await bench.SendAsync("note", "no json", answerTo);
        await bench.AssertQuietAsync();

        Assert.Empty(bench.Effect.Effects);
        Assert.Equal((1L, 1L), (bench.Tally.Rejected(CommandCodes.NoReply), bench.Tally.Rejected(CommandCodes.Malformed)));
    }

    [Fact]
    public async Task A_retained_command_is_ignored_when_it_is_sent_and_at_every_connection()
    {
        await using var bench = await CommandBench.StartAsync();
        await bench.SendAsync("note", """{"id":"a"}""", retain: true);
        await bench.AssertQuietAsync();
        await bench.Link.DisposeAsync();
        await bench.Agent.DisconnectAsync(CancellationToken.None);
        await bench.OpenAsync();
        await bench.AssertQuietAsync();

        Assert.Empty(bench.Effect.Effects);
        Assert.Equal(2, bench.Tally.Rejected(CommandCodes.Retained));
    }

    [Fact]
    public async Task Who_may_command_is_the_brokers_access_list()
    {
        // The rights of a client that gave no name; the agent of this test has none either.
        await using var bench = await CommandBench.StartAsync(prepareBroker: folder =>
        {
            var list = Path.Combine(folder, "list.acl");
            File.WriteAllLines(list, ["topic read #", "topic write plant/#", $"topic write {CommandBench.Root}/command/look"]);
            return [$"acl_file {list}"];
        });
        var sent = await bench.SendAsync("note", """{"id":"a"}""");

        Assert.Equal(MqttReasonCode.NotAuthorized, sent.Reason);
        await bench.AssertQuietAsync();
        Assert.Empty(bench.Effect.Effects);
    }

    private static async Task AssertRejectedAsync(CommandBench bench, string? id, string code)
    {
        var (message, body) = await bench.AnswerAsync();
        Assert.Equal(("rejected", code), (Text(body, "result"), Text(body, "code")));
        Assert.Equal(id, body.TryGetProperty("id", out var given) ? given.GetString() : null);
        Assert.NotEmpty(Text(body, "message")!);
        Assert.Equal("c", Encoding.UTF8.GetString(message.CorrelationData!.Value.Span));
        Assert.Equal(1, bench.Tally.Rejected(code));
    }

    private static string? Text(JsonElement body, string key) => body.GetProperty(key).GetString();
}
