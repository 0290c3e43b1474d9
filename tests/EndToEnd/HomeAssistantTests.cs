using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>What Home Assistant finds on a real broker when it starts after the agent, and what its templates make of it.</summary>
public sealed class HomeAssistantTests : IDisposable
{
    private const string Node = "edgeagent_bench_5baaf585"; // "5baaf585": the first 4 bytes of the SHA-256 of "test/bench"
    private const string State = "edgeagent/v1/test/bench/state";
    private const string Status = "edgeagent/v1/test/bench/status";

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Every_field_of_the_announcement_is_as_home_assistant_takes_it()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        Configure(broker, homeAssistant: new { });
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        await subscriber.WaitForAsync((topic, body) => topic == Status && Subscriber.Text(body, "status") == "online");

        var configs = await RetainedMessage.ReadAsync(broker, "homeassistant/#", count: 3);
        var version = Subscriber.Text((await RetainedMessage.ReadAsync(broker, Status, count: 1))[0].Body, "agent")!;

        Assert.All(configs, config => Assert.Equal((1, true, "application/json"), (config.Qos, config.Retain, config.ContentType)));
        AssertConfig(configs, "binary_sensor", "machine_alarm", version, "Machine alarm", "{{ 'ON' if value_json.machineAlarm else 'OFF' }}", new JsonObject
        {
            ["device_class"] = "problem",
            ["json_attributes_topic"] = State,
        });
        AssertConfig(configs, "binary_sensor", "sensor_alarm", version, "Sensor alarm", "{{ 'ON' if value_json.sensorAlarms else 'OFF' }}", new JsonObject
        {
            ["device_class"] = "problem",
            ["entity_category"] = "diagnostic",
        });
        AssertConfig(configs, "sensor", "severity", version, "Alarm severity", "{{ value_json.severity }}", new JsonObject
        {
            ["device_class"] = "enum",
            ["options"] = new JsonArray("none", "warning", "critical"),
        });
    }

    [Fact]
    public async Task What_the_templates_show_follows_a_sensor_alarm_the_agents_death_and_its_return()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        Configure(broker, homeAssistant: new { prefix = "ha" });
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            await subscriber.WaitForAsync((topic, body) => topic == State && body.GetProperty("sensorAlarms").GetArrayLength() == 1);
            var shown = await ShownAsync(broker, "ha");
            Assert.Equal(("OFF", "ON", "none", "online"), (shown["machine_alarm"], shown["sensor_alarm"], shown["severity"], shown["availability"]));
            var late = Assert.Single(await RetainedMessage.ReadAsync(broker, State, count: 1));
            PayloadSchema.AssertValid("state.schema.json", late.Body);
            Assert.Equal((1, true, "application/json"), (late.Qos, late.Retain, late.ContentType));
            Assert.Equal("Flow", Assert.Single(late.Body.GetProperty("sensorAlarms").EnumerateArray()).GetString());
            await agent.KillAsync();
        }

        await subscriber.WaitForAsync((topic, body) => topic == Status && Subscriber.Text(body, "status") == "offline");
        Assert.Equal("offline", (await ShownAsync(broker, "ha"))["availability"]);

        // A restart does not tell that the alarm is gone for a moment.
        var before = subscriber.Messages.Count(message => message.Topic == State);
        await using var next = AgentProcess.Start(_bench.Config, _bench.Data);
        await subscriber.WaitForAsync((_, _) => subscriber.Messages.Count(message => message.Topic == State) > before);
        var first = subscriber.Messages.Where(message => message.Topic == State).Skip(before).First().Body;
        Assert.True(first.GetProperty("sensorAlarms").GetArrayLength() == 1, $"{first}\n{string.Join('\n', next.Lines)}");
        await subscriber.WaitForAsync((topic, body) => subscriber.Messages.Count(message => message.Topic == Status && Subscriber.Text(message.Body, "status") == "online") > 1);
        Assert.Equal("online", (await ShownAsync(broker, "ha"))["availability"]);
    }

    [Fact]
    public async Task What_the_templates_show_follows_a_machine_alarm_from_its_raise_to_its_end()
    {
        await _bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(Workbench.Pump(speed: 60, "discharge-restriction", startSeconds: 120, lasts: 240), broker.Port, homeAssistant: new { });
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);

        await subscriber.WaitForAsync((topic, body) => topic == State && body.GetProperty("machineAlarm").GetBoolean());
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "machine" && Subscriber.Text(body, "event") == "cleared");
        await subscriber.WaitForAsync((_, _) => !subscriber.Messages.Last(message => message.Topic == State).Body.GetProperty("machineAlarm").GetBoolean());

        var configs = await RetainedMessage.ReadAsync(broker, "homeassistant/#", count: 3);
        var shown = subscriber.Messages.Where(message => message.Topic == State).Select(message => Shown(configs, message.Body)).ToList();
        Assert.Equal("OFF", shown[0]["machine_alarm"]);
        Assert.Contains(shown, state => state["machine_alarm"] == "ON");
        Assert.Equal("OFF", shown[^1]["machine_alarm"]);
        Assert.All(shown, state => Assert.Equal(state["machine_alarm"] == "ON", state["severity"] is "warning" or "critical"));
    }

    [Fact]
    public async Task Without_the_option_nothing_is_announced()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        Configure(broker, homeAssistant: null);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "sensor");

        Assert.Empty(await RetainedMessage.ReadAsync(broker, "homeassistant/#", count: 1, seconds: 1));
        Assert.DoesNotContain(subscriber.Messages, message => message.Topic == State);
    }

    /// <summary>The whole config: no field is missing, none is left over, each has this value.</summary>
    private static void AssertConfig(
        IReadOnlyList<RetainedMessage> configs, string component, string entity, string version, string name, string template, JsonObject expected)
    {
        expected["name"] = name;
        expected["unique_id"] = $"{Node}_{entity}";
        expected["state_topic"] = State;
        expected["value_template"] = template;
        expected["qos"] = 1;
        expected["availability"] = new JsonArray(new JsonObject
        {
            ["topic"] = Status,
            ["value_template"] = "{{ value_json.status }}",
            ["payload_available"] = "online",
            ["payload_not_available"] = "offline",
        });
        expected["device"] = new JsonObject
        {
            ["identifiers"] = new JsonArray(Node),
            ["name"] = "P-1",
            ["manufacturer"] = "EdgeAgent",
            ["model"] = "centrifugal pump",
            ["sw_version"] = version,
        };
        expected["origin"] = new JsonObject { ["name"] = "EdgeAgent", ["sw_version"] = version };
        var found = Assert.Single(configs, config => config.Topic == $"homeassistant/{component}/{Node}/{entity}/config");
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(found.Body.GetRawText())), $"expected {expected}\nfound {found.Body}");
    }

    /// <summary>What Home Assistant would show of what is retained now: the entities' states, and whether they are available.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> ShownAsync(MosquittoBroker broker, string prefix)
    {
        var configs = await RetainedMessage.ReadAsync(broker, $"{prefix}/#", count: 3);
        var state = Assert.Single(await RetainedMessage.ReadAsync(broker, State, count: 1)).Body;
        var status = Assert.Single(await RetainedMessage.ReadAsync(broker, Status, count: 1)).Body;
        var availability = Assert.Single(configs.Select(config =>
        {
            var one = config.Body.GetProperty("availability")[0];
            var value = HomeAssistantTemplate.Render(Subscriber.Text(one, "value_template")!, status);
            Assert.Contains(value, new[] { Subscriber.Text(one, "payload_available"), Subscriber.Text(one, "payload_not_available") });
            return value;
        }).Distinct());
        return new Dictionary<string, string>(Shown(configs, state)) { ["availability"] = availability };
    }

    private static Dictionary<string, string> Shown(IReadOnlyList<RetainedMessage> configs, JsonElement state) => configs.ToDictionary(
        config => config.Topic.Split('/')[3],
        config =>
        {
            var shown = HomeAssistantTemplate.Render(Subscriber.Text(config.Body, "value_template")!, state);
            string[] allowed = config.Body.TryGetProperty("options", out var options)
                ? [.. options.EnumerateArray().Select(option => option.GetString()!)]
                : ["ON", "OFF"]; // what a binary sensor takes unless its config says otherwise
            Assert.Contains(shown, allowed);
            return shown;
        });

    /// <summary>A sensor that is dead from the first reading on, so that its alarm stands over a restart.</summary>
    private void Configure(MosquittoBroker broker, object? homeAssistant) => _bench.Configure(
        new { kind = "simulated", seed = 3, speed = 5, sensorFaults = new[] { new { sensor = "Flow", kind = "missing", startSeconds = 0, durationSeconds = 100_000 } } },
        broker.Port,
        homeAssistant: homeAssistant,
        // A restarted simulation begins healthy: the alarm must outlast the time to the first connection.
        health: new { raiseAfterSeconds = 3, clearAfterSeconds = 300, staleAfterSeconds = 30 });
}
