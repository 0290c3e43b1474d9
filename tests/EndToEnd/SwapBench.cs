using System.Text.Json;

namespace EdgeAgent.EndToEnd;

/// <summary>A workbench whose agent swaps models, and the shop that makes them.</summary>
internal sealed class SwapBench : IDisposable
{
    public SwapBench() => Shop = new PackageShop(Bench);

    public Workbench Bench { get; } = new();

    public PackageShop Shop { get; }

    /// <summary>A pump that stays healthy.</summary>
    public static object Healthy(double speed) => Workbench.Pump(speed, "discharge-restriction", startSeconds: 1e6, lasts: 60);

    public void Configure(
        object source, int? port, double shadowMinutes, double probationMinutes, object? commands = null, bool autoCalibrate = false, object? explanation = null, int maxAlarmsPerHour = 6) =>
        Bench.Configure(
            source,
            port,
            explanation: explanation,
            autoCalibrate: autoCalibrate,
            commands: commands,
            models: new { keys = Shop.Keys, shadow = new { minutes = shadowMinutes }, probation = new { minutes = probationMinutes, maxAlarmsPerHour } });

    public AgentProcess Start(params (string Name, string Value)[] environment) => AgentProcess.Start(Bench.Config, Bench.Data, environment);

    /// <summary>Waits for the notice and gives its data.</summary>
    public static async Task<JsonElement> NoticeAsync(Subscriber subscriber, string code)
    {
        var decision = await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "code") == code);
        PayloadSchema.AssertValid("decision.schema.json", decision);
        return decision.GetProperty("data");
    }

    public static string Text(JsonElement data, string key) => Subscriber.Text(data, key) ?? "";

    public void Dispose() => Bench.Dispose();
}
