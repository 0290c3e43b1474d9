using EdgeAgent.Mqtt.Brokers;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Pipeline;

namespace EdgeAgent.Tests.Mqtt.Brokers;

public abstract partial class BrokerContract
{
    [Fact]
    public async Task An_authority_that_did_not_sign_is_named_and_the_right_file_works_without_a_restart()
    {
        var (broker, certificates) = await TlsBrokerAsync();
        var right = await File.ReadAllTextAsync(certificates.File("ca.pem"), Limit);
        certificates.Authority("stranger", fileName: "ca");
        var agent = Start(Encrypted(broker, certificates));
        agent.Store(5);
        var line = await agent.Log.WaitForAsync("MQTT not connected", Limit);
        Assert.Contains("the broker's certificate 'CN=server' was signed by 'CN=ca', which is not in caFile", line, StringComparison.Ordinal);

        certificates.Replace("ca.pem", right);
        await agent.UntilAllDeliveredAsync(Limit);
    }

    [Fact]
    public async Task A_file_that_holds_no_certificate_is_named_and_the_right_file_works_without_a_restart()
    {
        var (broker, certificates) = await TlsBrokerAsync();
        var right = await File.ReadAllTextAsync(certificates.File("ca.pem"), Limit);
        File.Delete(certificates.File("ca.pem"));
        var agent = Start(Encrypted(broker, certificates));
        agent.Store(5);
        Assert.Contains("ca.pem cannot be read", await agent.Log.WaitForAsync("MQTT not connected", Limit), StringComparison.Ordinal);
        certificates.Replace("ca.pem", "nonsense");
        await agent.Log.WaitForAsync("ca.pem holds no certificate", Limit);

        certificates.Replace("ca.pem", right);
        await agent.UntilAllDeliveredAsync(Limit);
    }

    [Fact]
    public async Task An_expired_certificate_of_the_broker_is_told_with_its_date_and_the_renewed_one_works()
    {
        var (broker, certificates) = await TlsBrokerAsync((made, ca) => made.Sign(ca, "server", to: TestCertificates.Now.AddMinutes(-1)));
        var agent = Start(Encrypted(broker, certificates));
        agent.Store(5);
        var line = await agent.Log.WaitForAsync("MQTT not connected", Limit);
        Assert.Matches(@"the broker's certificate 'CN=server' expired on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC; this device's clock says \d{4}", line);

        await broker.StopAsync();
        certificates.Sign(certificates.Signer, "server");
        await broker.RestartAsync();
        await agent.UntilAllDeliveredAsync(Limit);
    }

    [Fact]
    public async Task A_certificate_of_the_future_makes_the_clock_suspect()
    {
        var (broker, certificates) = await TlsBrokerAsync((made, ca) => made.Sign(ca, "server", from: TestCertificates.Now.AddDays(1)));
        var agent = Start(Encrypted(broker, certificates));
        var line = await agent.Log.WaitForAsync("MQTT not connected", Limit);
        Assert.Matches(@"the broker's certificate 'CN=server' is not valid before \d{4}-\d\d-\d\d .* UTC; this device's clock says \d{4}", line);

        // Told once, though what the clock says is something else at each attempt, which is two connections: one to look closer.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (broker.Log.Split("New connection from").Length - 1 < 6)
        {
            await timer.WaitForNextTickAsync(Limit);
        }

        var told = agent.Log.Lines.Where(text => text.Contains("MQTT not connected", StringComparison.Ordinal)).ToList();
        Assert.True(told.Count == 1, string.Join('\n', told));
    }

    [Fact]
    public async Task A_renewed_certificate_of_the_device_is_used_at_an_orderly_reconnect()
    {
        var (broker, certificates) = await TlsBrokerAsync((_, _) => { }, "require_certificate true", "use_identity_as_username true");
        certificates.Sign(certificates.Signer, "before");
        File.Copy(certificates.File("before.pem"), certificates.File("client.pem"), overwrite: true);
        File.Copy(certificates.File("before.key"), certificates.File("client.key"), overwrite: true);
        var agent = Start(Encrypted(broker, certificates) with { Times = new BrokerWatchTimes { LookAtFiles = TimeSpan.FromMilliseconds(200) } });
        await agent.Log.WaitForAsync("MQTT connected", Limit);

        // Half of the pair is no pair: the connection stays.
        certificates.Sign(certificates.Signer, "after");
        certificates.Replace("client.pem", await File.ReadAllTextAsync(certificates.File("after.pem"), Limit));
        var line = await agent.Log.WaitForAsync("the TLS files have changed but cannot be used", Limit);
        Assert.Contains("client.key are not a certificate and its key", line, StringComparison.Ordinal);
        agent.Store(5);
        await agent.UntilAllDeliveredAsync(Limit);

        certificates.Replace("client.key", await File.ReadAllTextAsync(certificates.File("after.key"), Limit));
        await agent.Log.WaitForAsync("MQTT connected", Limit, count: 2);
        Assert.DoesNotContain(agent.Log.Lines, text => text.Contains("MQTT connection lost", StringComparison.Ordinal));
        agent.Store(5);
        await agent.UntilAllDeliveredAsync(Limit);

        // Mosquitto names the user, which is the certificate's common name, of every connection.
        Assert.Matches(@"as agent .*u'before'", broker.Log);
        Assert.Matches(@"as agent .*u'after'", broker.Log);
    }

    [Fact]
    public async Task A_certificate_of_the_device_that_the_broker_does_not_take_is_told_and_a_new_one_is_used()
    {
        var (broker, certificates) = await TlsBrokerAsync((_, _) => { }, "require_certificate true");
        using var stranger = certificates.Authority("stranger");
        certificates.Sign(stranger, "client");
        var agent = Start(Encrypted(broker, certificates));
        agent.Store(5);
        var line = await agent.Log.WaitForAsync("MQTT not connected", Limit);
        Assert.Contains("does not take this device's certificate 'CN=client'", line, StringComparison.Ordinal);

        certificates.Sign(certificates.Signer, "client");
        await agent.UntilAllDeliveredAsync(Limit);
    }

    private static MqttTls Tls(TestCertificates certificates) => new()
    {
        CaFile = certificates.File("ca.pem"),
        CertificateFile = certificates.File("client.pem"),
        KeyFile = certificates.File("client.key"),
    };

    private BrokerSettings Encrypted(MosquittoBroker broker, TestCertificates certificates) =>
        Settings(broker.Port) with { Options = Options(broker.Port) with { Tls = Tls(certificates) } };

    private Task<(MosquittoBroker Broker, TestCertificates Certificates)> TlsBrokerAsync(params string[] more) => TlsBrokerAsync((_, _) => { }, more);

    private async Task<(MosquittoBroker Broker, TestCertificates Certificates)> TlsBrokerAsync(
        Action<TestCertificates, System.Security.Cryptography.X509Certificates.X509Certificate2> remake, params string[] more)
    {
        TestCertificates? certificates = null;
        var broker = Keep(await MosquittoBroker.StartAsync(folder =>
        {
            certificates ??= new TestCertificates(folder);
            certificates.Sign(certificates.Signer, "server");
            certificates.Sign(certificates.Signer, "client");
            remake(certificates, certificates.Signer);
            File.Copy(certificates.File("ca.pem"), certificates.File("broker-ca.pem"), overwrite: true);
            return [$"cafile {folder}/broker-ca.pem", $"certfile {folder}/server.pem", $"keyfile {folder}/server.key", "log_type all", .. more];
        }));
        return (broker, certificates!);
    }
}
