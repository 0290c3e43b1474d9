using EdgeAgent.Mqtt.Brokers;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Brokers;

/// <summary>What is said of a failed handshake, on a real Mosquitto with TLS.</summary>
public sealed class TlsExaminationTests : IAsyncLifetime
{
    private MosquittoBroker _broker = null!;
    private TestCertificates _certificates = null!;

    public async Task InitializeAsync() => _broker = await MosquittoBroker.StartAsync(folder =>
    {
        _certificates = new TestCertificates(folder);
        _certificates.Sign(_certificates.Signer, "server");
        return [$"cafile {folder}/ca.pem", $"certfile {folder}/server.pem", $"keyfile {folder}/server.key"];
    });

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task A_good_broker_gives_no_finding() => Assert.Null(await ExamineAsync(new SetClock(TestCertificates.Now), synchronized: true));

    [Fact]
    public async Task A_clock_in_1970_is_told_to_be_wrong()
    {
        var finding = await ExamineAsync(new SetClock(DateTimeOffset.UnixEpoch.AddMinutes(5)), synchronized: false);
        Assert.Contains("the broker's certificate 'CN=server' is not valid before ", finding, StringComparison.Ordinal);
        Assert.EndsWith(
            "this device's clock says 1970-01-01 00:05:00 UTC, which is before this agent was made (2026-11-01 00:00:00 UTC): the clock is wrong",
            finding,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_nobody_steers_is_suspected()
    {
        var finding = await ExamineAsync(new SetClock(TestCertificates.Now.AddYears(5)), synchronized: false);
        Assert.Contains("the broker's certificate 'CN=server' expired on ", finding, StringComparison.Ordinal);
        Assert.EndsWith(" UTC and is not synchronized: it may be wrong", finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_steered_is_believed()
    {
        var finding = await ExamineAsync(new SetClock(TestCertificates.Now.AddYears(5)), synchronized: true);
        Assert.Matches("the broker's certificate 'CN=server' expired on .*; this device's clock says [0-9: -]* UTC$", finding);
    }

    [Fact]
    public async Task A_certificate_for_other_names_is_told_with_them()
    {
        await _broker.KillAsync();
        _certificates.Sign(_certificates.Signer, "server", names: ["other.example", "backup.example"]);
        await _broker.RestartAsync();
        Assert.Equal(
            "the broker's certificate 'CN=server' is for other.example, backup.example, not for 127.0.0.1",
            await ExamineAsync(new SetClock(TestCertificates.Now), synchronized: true));
    }

    [Fact]
    public async Task A_broker_that_has_gone_gives_no_finding()
    {
        await _broker.KillAsync();
        Assert.Null(await ExamineAsync(new SetClock(TestCertificates.Now), synchronized: true));
    }

    private async Task<string?> ExamineAsync(TimeProvider clock, bool synchronized)
    {
        var finding = await new TlsExamination(new ClockJudgement(clock, () => synchronized, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)), TimeProvider.System).ExamineAsync(
            new MqttConnectionOptions { Host = "127.0.0.1", Port = _broker.Port, ClientId = "agent", Tls = new MqttTls { CaFile = _certificates.File("ca.pem") } },
            CancellationToken.None);
        return finding?.ToString();
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
