using System.Text.Json;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>What a chip says, and that it says nothing, arrives as decisions.</summary>
public sealed class HardwareSensorTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_hwmon_chip_is_heard_goes_away_and_comes_back_without_a_restart()
    {
        var chip = Directory.CreateDirectory(_bench.File("1-0048")).FullName;
        var temperature = Path.Combine(chip, "temp1_input");
        Say(temperature, "23500\n");
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(
            new { kind = "hardware", sensors = new[] { new { kind = "hwmon", name = "lm75", path = chip, freshSeconds = 30, readings = new[] { new { channel = "Motor", attribute = "temp1_input" } } } } },
            broker.Port,
            sampling: new { rateHz = 20 },
            health: new { raiseAfterSeconds = 0.2, clearAfterSeconds = 0.2, staleAfterSeconds = 30 },
            channels: new[] { new { name = "Motor", role = "motor-temperature", unit = "°C", min = -20, max = 100 } });
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("Reading the sensors lm75");

        Say(temperature, "131250\n");
        var raised = await subscriber.WaitForAsync((_, body) => Is(body, "sensor-out-of-range", "raised"));
        Say(temperature, "23500\n");
        await subscriber.WaitForAsync((_, body) => Is(body, "sensor-out-of-range", "cleared"));

        Directory.Move(chip, chip + "-gone");
        var unreadable = await subscriber.WaitForAsync((_, body) => Is(body, "sensor-unreadable", "notice"));
        await subscriber.WaitForAsync((_, body) => Is(body, "sensor-missing", "raised"));
        Directory.Move(chip + "-gone", chip);
        var readable = await subscriber.WaitForAsync((_, body) => Is(body, "sensor-readable", "notice"));
        await subscriber.WaitForAsync((_, body) => Is(body, "sensor-missing", "cleared"));

        Assert.Equal("131.25", Data(raised, "value"));
        Assert.Equal(("lm75", "Motor", "absent"), (Data(unreadable, "sensor"), Data(unreadable, "channels"), Data(unreadable, "fault")));
        Assert.Equal("lm75", Data(readable, "sensor"));
        Assert.Single(subscriber.Messages, message => Is(message.Body, "sensor-unreadable", "notice"));
        PayloadSchema.AssertValid("decision.schema.json", unreadable);
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        Assert.Contains(agent.Lines, line => line.Contains("Rows: ", StringComparison.Ordinal));
    }

    /// <summary>At once, as the kernel does: the agent never reads a file that is being written.</summary>
    private static void Say(string file, string text)
    {
        File.WriteAllText(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static bool Is(JsonElement body, string code, string happened) =>
        Subscriber.Text(body, "code") == code && Subscriber.Text(body, "event") == happened;

    private static string? Data(JsonElement body, string key) => body.GetProperty("data").GetProperty(key).GetString();
}
