using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>What Home Assistant finds on a real broker when it starts after the agent.</summary>
public sealed class HomeAssistantTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_device_is_announced_with_retained_configs_that_name_their_state_their_availability_and_one_device()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        Configure(broker, homeAssistant: new { });
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        await subscriber.WaitForAsync((topic, body) => topic.EndsWith("/status", StringComparison.Ordinal) && Subscriber.Text(body, "status") == "online");

        var configs = await RetainedAsync(broker, "homeassistant/#", count: 3);

        Assert.Equal(3, configs.Count);
        Assert.Single(configs.Select(config => config.Body.GetProperty("device").GetRawText()).Distinct());
        Assert.Equal(3, configs.Select(config => Text(config.Body, "unique_id")).Distinct().Count());
        foreach (var (topic, config) in configs)
        {
            // The topic is <prefix>/<component>/<node_id>/<object_id>/config.
            var levels = topic.Split('/');
            Assert.Equal(("homeassistant", "config", 5), (levels[0], levels[4], levels.Length));
            Assert.All(levels[2..4], level => Assert.Matches("^[A-Za-z0-9_-]+$", level));
            Assert.Equal($"{levels[2]}_{levels[3]}", Text(config, "unique_id"));
            Assert.Equal("edgeagent/v1/test/bench/state", Text(config, "state_topic"));
            Assert.Equal(1, config.GetProperty("qos").GetInt32());
            Assert.Equal(levels[2], Assert.Single(config.GetProperty("device").GetProperty("identifiers").EnumerateArray()).GetString());
            Assert.Equal(("P-1", "centrifugal pump"), (Text(config.GetProperty("device"), "name"), Text(config.GetProperty("device"), "model")));
            Assert.Equal("EdgeAgent", Text(config.GetProperty("origin"), "name"));
            var available = Assert.Single(config.GetProperty("availability").EnumerateArray());
            Assert.Equal("edgeagent/v1/test/bench/status", Text(available, "topic"));
            Assert.Equal(("online", "offline"), (Text(available, "payload_available"), Text(available, "payload_not_available")));
            AssertKeys(config, levels[1], levels[3]);
        }

        // Every key that a template names stands in what is published there.
        var state = Assert.Single(await RetainedAsync(broker, "edgeagent/v1/test/bench/state", count: 1)).Body;
        var status = Assert.Single(await RetainedAsync(broker, "edgeagent/v1/test/bench/status", count: 1)).Body;
        PayloadSchema.AssertValid("state.schema.json", state);
        foreach (var (_, config) in configs)
        {
            Assert.True(state.TryGetProperty(Named(Text(config, "value_template")), out _));
            Assert.True(status.TryGetProperty(Named(Text(config.GetProperty("availability")[0], "value_template")), out _));
        }
    }

    [Fact]
    public async Task The_state_follows_the_alarms_and_is_there_for_who_comes_later()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        Configure(broker, homeAssistant: new { prefix = "ha" });
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            await subscriber.WaitForAsync((topic, body) => topic.EndsWith("/state", StringComparison.Ordinal) && body.GetProperty("sensorAlarms").GetArrayLength() == 1);
            var late = Assert.Single(await RetainedAsync(broker, "edgeagent/v1/test/bench/state", count: 1)).Body;
            Assert.Equal("Flow", Assert.Single(late.GetProperty("sensorAlarms").EnumerateArray()).GetString());
            Assert.Equal(3, (await RetainedAsync(broker, "ha/#", count: 3)).Count);
            await agent.KillAsync();
        }

        // A restart does not tell that the alarm is gone for a moment.
        var before = subscriber.Messages.Count(message => message.Topic.EndsWith("/state", StringComparison.Ordinal));
        await using var next = AgentProcess.Start(_bench.Config, _bench.Data);
        await subscriber.WaitForAsync((_, _) => subscriber.Messages.Count(message => message.Topic.EndsWith("/state", StringComparison.Ordinal)) > before);
        Assert.Single(subscriber.Messages.Where(message => message.Topic.EndsWith("/state", StringComparison.Ordinal)).Skip(before).First()
            .Body.GetProperty("sensorAlarms").EnumerateArray());
    }

    [Fact]
    public async Task Without_the_option_nothing_is_announced()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        Configure(broker, homeAssistant: null);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "sensor");

        Assert.Empty(await RetainedAsync(broker, "homeassistant/#", count: 1, seconds: 1));
        Assert.DoesNotContain(subscriber.Messages, message => message.Topic.EndsWith("/state", StringComparison.Ordinal));
    }

    /// <summary>Only keys that Home Assistant's schema of the component has, with values that it takes.</summary>
    private static void AssertKeys(JsonElement config, string component, string entity)
    {
        string[] common =
        [
            "name", "unique_id", "state_topic", "value_template", "qos", "availability", "device", "origin", "device_class", "entity_category", "json_attributes_topic",
        ];
        string[] known = component == "sensor" ? [.. common, "options"] : common;
        Assert.All(config.EnumerateObject(), property => Assert.Contains(property.Name, known));
        Assert.Equal(component == "sensor" ? "enum" : "problem", Text(config, "device_class"));
        Assert.Equal(entity == "severity" ? "sensor" : "binary_sensor", component);
        Assert.Equal(entity == "severity", config.TryGetProperty("options", out _));
        Assert.True(!config.TryGetProperty("entity_category", out var category) || category.GetString() == "diagnostic");
    }

    private static string Named(string template) => Regex.Match(template, @"value_json\.(\w+)").Groups[1].Value;

    private static string Text(JsonElement body, string key) => body.GetProperty(key).GetString()!;

    /// <summary>What a client that subscribes now gets at once.</summary>
    private static async Task<IReadOnlyList<(string Topic, JsonElement Body)>> RetainedAsync(MosquittoBroker broker, string filter, int count, int seconds = 20)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "mosquitto_sub",
            [
                "-h", "127.0.0.1", "-p", broker.Port.ToString(CultureInfo.InvariantCulture), "-V", "5", "-t", filter, "--retained-only",
                "-C", count.ToString(CultureInfo.InvariantCulture), "-W", seconds.ToString(CultureInfo.InvariantCulture), "-v",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var lines = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return
        [
            .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
                (line[..line.IndexOf(' ', StringComparison.Ordinal)], JsonElement.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]))),
        ];
    }

    private void Configure(MosquittoBroker broker, object? homeAssistant) => _bench.Configure(
        new { kind = "simulated", seed = 3, speed = 5, sensorFaults = new[] { new { sensor = "Flow", kind = "missing", startSeconds = 10, durationSeconds = 100_000 } } },
        broker.Port,
        homeAssistant: homeAssistant,
        // A restarted simulation begins healthy: the alarm must outlast the time to the first connection.
        health: new { raiseAfterSeconds = 3, clearAfterSeconds = 300, staleAfterSeconds = 30 });
}
