using System.Text.Json;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>Models that are swapped while the agent watches, from the file to the decision at the broker.</summary>
public sealed class SwapTests : IDisposable
{
    private readonly Workbench _bench = new();
    private readonly PackageShop _shop;

    public SwapTests() => _shop = new PackageShop(_bench);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_package_that_is_dropped_runs_beside_the_one_in_use_and_then_decides_with_its_calibration()
    {
        var package = await _shop.VersionAsync("0.2.1", 3, "0.2.0");
        await _bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        Configure(Workbench.Pump(speed: 60, "discharge-restriction", startSeconds: 1e6, lasts: 60), broker.Port, shadowMinutes: 3, probationMinutes: 2);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("Using calibration 0001");

        var installed = await Cli.RunAsync("model", "install", package, "--data-dir", _bench.Data, "--json");

        Assert.True(installed.ExitCode == 0, installed.Errors);
        Assert.Equal("shadowing", JsonElement.Parse(installed.Output).GetProperty("verdict").GetString());
        var begun = await NoticeAsync(subscriber, "model-shadowing");
        Assert.Equal(("0.2.1", "3", "0001, carried over from 0.2.0"), (Text(begun, "version"), Text(begun, "minutes"), Text(begun, "calibration")));
        var active = await NoticeAsync(subscriber, "model-activated");
        Assert.Equal(("0.2.1", "0.2.0", "0002", "0"), (Text(active, "version"), Text(active, "before"), Text(active, "calibration"), Text(active, "disagreementPercent")));
        Assert.InRange(int.Parse(Text(active, "windows"), System.Globalization.CultureInfo.InvariantCulture), 60, 200);
        Assert.Equal("0.2.1", Text(await NoticeAsync(subscriber, "model-proven"), "version"));
        Assert.Contains("0.2.1", _shop.Slots().GetProperty("active").GetString());
        Assert.Contains("carried-over", (await Cli.RunAsync("calibrations", "list", "--data-dir", _bench.Data)).Output);
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);

        await using var again = AgentProcess.Start(_bench.Config, _bench.Data);
        await again.WaitForLineAsync("Using calibration 0002 (carried-over");
    }

    private void Configure(object source, int? port, double shadowMinutes, double probationMinutes, object? commands = null, bool autoCalibrate = false) => _bench.Configure(
        source,
        port,
        autoCalibrate: autoCalibrate,
        commands: commands,
        models: new { keys = _shop.Keys, shadow = new { minutes = shadowMinutes }, probation = new { minutes = probationMinutes } });

    private static async Task<JsonElement> NoticeAsync(Subscriber subscriber, string code)
    {
        var decision = await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "code") == code);
        PayloadSchema.AssertValid("decision.schema.json", decision);
        return decision.GetProperty("data");
    }

    private static string Text(JsonElement data, string key) => Subscriber.Text(data, key) ?? "";
}
