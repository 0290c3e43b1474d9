using EdgeAgent.Tests.Mqtt;
using EdgeAgent.Tests.Mqtt.Brokers;

namespace EdgeAgent.EndToEnd;

/// <summary>A device without a clock battery, and a broker with TLS.</summary>
public sealed class WrongClockTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [FakeClockFact]
    public async Task A_clock_in_1970_is_named_and_the_connection_is_made_when_the_clock_is_right()
    {
        TestCertificates? certificates = null;
        await using var broker = await MosquittoBroker.StartAsync(folder =>
        {
            certificates ??= new TestCertificates(folder);
            certificates.Sign(certificates.Signer, "server");
            return [$"cafile {folder}/ca.pem", $"certfile {folder}/server.pem", $"keyfile {folder}/server.key"];
        });
        _bench.Configure(Workbench.RainOfAlarms(speed: 40), port: null, mqtt: new
        {
            host = "127.0.0.1",
            port = broker.Port,
            tls = new { caFile = certificates!.File("ca.pem") },
        });
        var clock = new FakeClock(_bench.File("clock"));
        clock.Set("@1970-01-02 00:00:00");
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data, clock.Environment);

        var line = await agent.WaitForLineAsync("MQTT not connected");
        Assert.Contains("the broker's certificate 'CN=server' is not valid before ", line, StringComparison.Ordinal);
        Assert.Contains("this device's clock says 1970-01-02 00:0", line, StringComparison.Ordinal);
        Assert.Contains("the clock is wrong", line, StringComparison.Ordinal);
        await agent.WaitForLinesAsync("stored decision", 3);

        clock.Set("+0");
        await agent.WaitForLineAsync("MQTT connected");
    }
}
