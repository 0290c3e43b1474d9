using System.Text.Json.Nodes;
using EdgeAgent.Configuration;

namespace EdgeAgent.Tests.Configuration;

public sealed class ConfigLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_file_leaves_out_has_the_default_that_stands_beside_the_property()
    {
        var options = Load("""{ "mqtt": {}, "explanation": { "threads": 3 } }""").Options;

        Assert.Equal(1, options.Sampling.RateHz);
        Assert.Equal(5, options.Health.RaiseAfterSeconds);
        Assert.Equal(2, options.Detection.Alarm.CriticalAbove);
        Assert.Null(options.Detection.Alarm.OnDelaySeconds);
        Assert.Equal(20, options.Explanation.TimeoutSeconds);
        Assert.Equal(3, options.Explanation.Threads);
        Assert.True(options.Mqtt!.Enabled);
        Assert.Equal(("localhost", 1883), (options.Mqtt.Host, options.Mqtt.EffectivePort));
        Assert.Equal(LoggingLevel.Information, options.Logging.Level);
        Assert.False(options.Calibration.Auto);
    }

    [Fact]
    public void Comments_trailing_commas_a_byte_order_mark_and_keys_in_any_order_are_fine()
    {
        var file = Write("{}");
        var text = File.ReadAllText(file).Replace("\"kind\": \"simulated\"", "\"seed\": 3, /* last */ \"kind\": \"simulated\",", StringComparison.Ordinal);
        File.WriteAllText(file, "\uFEFF// a pump\n" + text);

        Assert.Equal(3, Assert.IsType<SimulatedSourceOptions>(Load(file, ConfigUse.Run).Options.Source).Seed);
    }

    [Fact]
    public void Paths_are_relative_to_the_config_file_wherever_the_command_runs()
    {
        var config = Load("{}");

        Assert.Equal(Path.Combine(_folder.Path, "faults.json"), config.Resolve("faults.json"));
        Assert.Equal("/etc/x", config.Resolve("/etc/x"));
        Assert.Equal("leak", Assert.Single(config.FaultLibrary.Faults).Id);
        Assert.Equal("down", config.FaultLibrary.Faults[0].Signature["flow"]);
    }

    [Fact]
    public void Environment_variables_replace_single_values_by_type_whatever_their_case()
    {
        _environment["EDGEAGENT__MQTT__PORT"] = "1884";
        _environment["EdgeAgent__Mqtt__Host"] = "1884";
        _environment["EDGEAGENT__CALIBRATION__AUTO"] = "True";
        _environment["EDGEAGENT__CHANNELS__0__STUCKAFTERSECONDS"] = "90.5";
        _environment["EDGEAGENT__CHANNELS__0__MAX"] = "";
        _environment["EDGEAGENT__SOURCE__SPEED"] = "0";
        _environment["EDGEAGENT__LOGGING__LEVEL"] = "debug";
        _environment["EDGEAGENT_UPDATE_SCHEMA"] = "1";

        var options = Load("{}").Options;

        Assert.Equal(("1884", 1884), (options.Mqtt!.Host, options.Mqtt.Port));
        Assert.True(options.Calibration.Auto);
        Assert.Equal(90.5, options.Channels[0].StuckAfterSeconds);
        Assert.Null(options.Channels[0].Max);
        Assert.Equal(0, Assert.IsType<SimulatedSourceOptions>(options.Source).Speed);
        Assert.Equal(LoggingLevel.Debug, options.Logging.Level);
    }

    [Fact]
    public void Environment_variables_can_change_the_kind_of_source_and_add_to_a_list()
    {
        _environment["EDGEAGENT__SOURCE__PATH"] = "in.csv";
        _environment["EDGEAGENT__SOURCE__KIND"] = "csv";
        _environment["EDGEAGENT__SOURCE__SPEED"] = "0";
        _environment["EDGEAGENT__CHANNELS__1__NAME"] = "Pressure";
        _environment["EDGEAGENT__CHANNELS__1__ROLE"] = "pressure";
        _environment["EDGEAGENT__CHANNELS__1__UNIT"] = "bar";
        _folder.Write("in.csv", "Flow\n1\n");

        var options = Load("{}").Options;

        Assert.Equal("in.csv", Assert.IsType<CsvSourceOptions>(options.Source).Path);
        Assert.Equal(["Flow", "Pressure"], options.Channels.Select(channel => channel.Name));
    }

    [Theory]
    [InlineData("EDGEAGENT__MQTT__PORT", "abc", "/mqtt/port: found \"abc\", allowed: integer 1..65535")]
    [InlineData("EDGEAGENT__MQTT__PORT", "70000", "/mqtt/port: found 70000, allowed: integer 1..65535")]
    [InlineData("EDGEAGENT__MQTT__PROT", "1", "/mqtt/PROT: found an unknown key (did you mean \"port\"?), allowed: enabled, host, port, alternatives, returnAfterSeconds, clientId, keepAliveSeconds, username, usernameFile, passwordFile, tls, adapter, commands, homeAssistant")]
    [InlineData("EDGEAGENT__CHANNELS__9__NAME", "x", "/channels/9: found the index \"9\", allowed: 0..1")]
    [InlineData("EDGEAGENT__CHANNELS__FLOW__MIN", "1", "/channels/FLOW: found the index \"FLOW\", allowed: 0..1")]
    [InlineData("EDGEAGENT__SITE__X", "1", "/site/X: found an unknown key, allowed: nothing below this value")]
    [InlineData("EDGEAGENT__SOURCE__KIND", "modbus", "/source/kind: found \"modbus\", allowed: \"simulated\", \"simulated-motor\", \"csv\", \"npy\", \"hardware\"")]
    [InlineData("EDGEAGENT__", "1", "/: found an unknown key, allowed: $schema, site, device, machine, sampling, channels, source, health, detection, models, usb, alarms, outputs, calibration, explanation, mqtt, outbox, logging, dataDir")]
    public void A_wrong_environment_variable_is_named(string variable, string value, string problem)
    {
        _environment[variable] = value;

        Assert.Equal([$"{variable}: {problem}"], Problems(Write("{}"), ConfigUse.Run));
    }

    [Fact]
    public void What_must_be_on_this_computer_depends_on_what_the_config_is_read_for()
    {
        var file = Write(
            """
            {
              "source": { "kind": "csv", "path": "no.csv" },
              "explanation": { "package": "no-model" },
              "mqtt": { "tls": { "caFile": "no.pem" } }
            }
            """);

        Assert.Empty(Problems(file, ConfigUse.Offline));
        Assert.Equal(["/source/path", "/mqtt/tls/caFile"], Places(file, ConfigUse.Run));
        Assert.Equal(["/source/path", "/explanation/package", "/mqtt/tls/caFile"], Places(file, ConfigUse.Check));
    }

    [Fact]
    public void With_tls_the_port_is_8883_unless_it_is_named()
    {
        Assert.Equal(8883, new MqttOptions { Tls = new MqttTlsOptions { CaFile = "ca.pem" } }.EffectivePort);
        Assert.Equal(1, new MqttOptions { Port = 1, Tls = new MqttTlsOptions { CaFile = "ca.pem" } }.EffectivePort);
    }

    [Fact]
    public void Any_damage_to_a_good_file_is_told_and_never_thrown()
    {
        var good = File.ReadAllText(Path.Combine(Repository.DeviceConfigs, "water-pump.json"));
        _folder.Write("faults/centrifugal-pump.json", File.ReadAllText(Path.Combine(Repository.DeviceConfigs, "faults", "centrifugal-pump.json")));
        var random = new Random(3);
        var letters = "{}[]\",:0-9.eE\\/ntx\0\n";
        for (var i = 0; i < 500; i++)
        {
            var at = random.Next(good.Length);
            var length = random.Next(4);
            var damaged = good.Remove(at, Math.Min(length, good.Length - at)).Insert(at, letters[random.Next(letters.Length)].ToString());
            var file = _folder.Write("config.json", damaged);

            var accepted = ConfigLoader.TryLoad(file, _environment, ConfigUse.Offline, out _, out var problems);

            Assert.Equal(accepted, problems.Count == 0);
            Assert.All(problems, problem => Assert.DoesNotContain('\n', problem.ToString()));
        }
    }

    [Fact]
    public void Any_value_of_the_wrong_kind_anywhere_is_told_at_its_place()
    {
        JsonNode?[] wrong = [null, 1e300, -1, "x", "", true, new JsonArray(), new JsonObject(), new JsonArray(1, null), new JsonObject { ["kind"] = 1 }];
        var good = File.ReadAllText(Write("""{ "mqtt": { "tls": { "caFile": "ca.pem" } }, "sampling": { "rateHz": 1 } }"""));
        var places = Paths(JsonNode.Parse(good)!).ToList();
        Assert.True(places.Count > 15);
        foreach (var place in places)
        {
            foreach (var value in wrong)
            {
                var root = JsonNode.Parse(good)!;
                Replace(root, place, value?.DeepClone());
                var file = _folder.Write("config.json", root.ToJsonString());

                ConfigLoader.TryLoad(file, _environment, ConfigUse.Offline, out _, out var problems);

                Assert.All(problems, problem => Assert.StartsWith(_folder.Path, problem.File));
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Below(pair.Key, pair.Value)),
        JsonArray list => list.SelectMany((item, i) => Below(i, item)),
        _ => [],
    };

    private static IEnumerable<object[]> Below(object key, JsonNode? value) =>
        (value is null ? [] : Paths(value).Select(path => (object[])[key, .. path])).Prepend([key]);

    private static void Replace(JsonNode node, object[] path, JsonNode? value)
    {
        var parent = path.SkipLast(1).Aggregate(node, (at, key) => key is int index ? at[index]! : at[(string)key]!);
        if (path[^1] is int last)
        {
            parent[last] = value;
        }
        else
        {
            parent[(string)path[^1]] = value;
        }
    }

    private DeviceConfig Load(string overlayOrFile, ConfigUse use = ConfigUse.Run)
    {
        var file = File.Exists(overlayOrFile) ? overlayOrFile : Write(overlayOrFile);
        Assert.True(ConfigLoader.TryLoad(file, _environment, use, out var config, out var problems), string.Join("\n", problems));
        return config;
    }

    private string[] Problems(string file, ConfigUse use)
    {
        ConfigLoader.TryLoad(file, _environment, use, out _, out var problems);
        return [.. problems.Select(problem => problem.ToString())];
    }

    private string[] Places(string file, ConfigUse use)
    {
        ConfigLoader.TryLoad(file, _environment, use, out _, out var problems);
        return [.. problems.Select(problem => problem.Place)];
    }

    /// <summary>A small good config with some of its blocks replaced.</summary>
    private string Write(string overlay)
    {
        var config = JsonNode.Parse(
            """
            {
              "site": "s",
              "device": "d",
              "machine": { "id": "m", "type": "pump", "faultLibrary": "faults.json" },
              "channels": [{ "name": "Flow", "role": "flow", "unit": "l/min", "max": 100 }],
              "source": { "kind": "simulated" },
              "detection": { "package": "model" }
            }
            """)!;
        foreach (var (key, value) in (JsonObject)JsonNode.Parse(overlay)!)
        {
            config[key] = value?.DeepClone();
        }

        _folder.Write("model/manifest.json", "{}");
        _folder.Write(
            "faults.json",
            """{ "machineType": "pump", "faults": [{ "id": "leak", "title": "Leak", "description": "A leak.", "signature": { "flow": "down" }, "actions": ["Look."] }] }""");
        return _folder.Write("config.json", config.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }));
    }
}
