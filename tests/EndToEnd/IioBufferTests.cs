using System.Text.Json;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>What comes out of a buffer, and that nothing does, arrives as decisions.</summary>
public sealed class IioBufferTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_sampled_voltage_makes_the_rows_goes_away_and_comes_back_without_a_restart()
    {
        await using var chip = await SampledChip.MakeAsync(_bench.Folder);
        chip.Plug();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        Configure(chip, broker.Port);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("Reading the sensors adc");

        chip.Millivolts = 31_000;
        var raised = await subscriber.WaitForAsync((_, body) => Is(body, "sensor-out-of-range", "raised"));
        chip.Millivolts = 24_000;
        await subscriber.WaitForAsync((_, body) => Is(body, "sensor-out-of-range", "cleared"));

        await chip.UnplugAsync();
        var unreadable = await subscriber.WaitForAsync((_, body) => Is(body, "sensor-unreadable", "notice"));
        await subscriber.WaitForAsync((_, body) => Is(body, "sensor-missing", "raised"));
        chip.Plug();
        await subscriber.WaitForAsync((_, body) => Is(body, "sensor-readable", "notice"));
        await subscriber.WaitForAsync((_, body) => Is(body, "sensor-missing", "cleared"));

        Assert.Equal("31", Data(raised, "value"));
        Assert.Equal(("adc", "absent"), (Data(unreadable, "sensor"), Data(unreadable, "fault")));
        Assert.Single(subscriber.Messages, message => Is(message.Body, "sensor-unreadable", "notice"));
        Assert.DoesNotContain(subscriber.Messages, message => Is(message.Body, "samples-lost", "notice"));
        Assert.DoesNotContain(subscriber.Messages, message => Is(message.Body, "sampling-rate-wrong", "notice"));
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
    }

    [Fact]
    public async Task Whoever_may_write_below_sys_sets_the_buffers_up_that_a_config_names()
    {
        await using var chip = await SampledChip.MakeAsync(_bench.Folder);
        Configure(chip, port: null);

        var first = await Cli.RunAsync("iio-setup", "--config", _bench.Config);
        var second = await Cli.RunAsync("iio-setup", "--config", _bench.Config);
        var other = await Cli.RunAsync("iio-setup", "--config", _bench.Config, "--device", "iio:device7");

        Assert.Equal((0, 0, 0), (first.ExitCode, second.ExitCode, other.ExitCode));
        Assert.Equal(
            $"sensor adc: {chip.Folder} is set up: scan_elements/in_voltage0_en=1 scan_elements/in_timestamp_en=1 current_timestamp_clock=monotonic "
            + "sampling_frequency=200 buffer/length=200 buffer/enable=1",
            first.Output.Trim());
        Assert.Equal($"sensor adc: {chip.Folder} is set up already", second.Output.Trim());
        Assert.Empty(other.Output);
        Assert.Equal("1", chip.Read("buffer/enable"));
    }

    private void Configure(SampledChip chip, int? port) => _bench.Configure(
        new
        {
            kind = "hardware",
            rowsFrom = "adc",
            sensors = new[]
            {
                new
                {
                    kind = "iio",
                    name = "adc",
                    path = chip.Folder,
                    buffer = new { rateHz = SampledChip.RateHz, node = chip.Node },
                    readings = new[] { new { channel = "Supply", attribute = "in_voltage0" } },
                },
            },
        },
        port,
        sampling: new { rateHz = SampledChip.RateHz / 2 },
        health: new { raiseAfterSeconds = 0.2, clearAfterSeconds = 0.2, staleAfterSeconds = 30 },
        channels: new[] { new { name = "Supply", role = "voltage", unit = "V", min = 20, max = 30 } });

    private static bool Is(JsonElement body, string code, string happened) =>
        Subscriber.Text(body, "code") == code && Subscriber.Text(body, "event") == happened;

    private static string? Data(JsonElement body, string key) => body.GetProperty("data").GetProperty(key).GetString();
}
