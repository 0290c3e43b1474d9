using System.Net;
using System.Net.Sockets;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Connections;

public abstract partial class MqttConnectionContract
{
    private async Task<MosquittoBroker> TlsBrokerAsync(
        string alternativeNames = "DNS:localhost,IP:127.0.0.1", params string[] more) =>
        await BrokerAsync(folder =>
        {
            OpenSsl.Authority(folder, "ca");
            OpenSsl.Authority(folder, "other");
            OpenSsl.Certificate(folder, "server", "ca", alternativeNames);
            OpenSsl.Certificate(folder, "client", "ca", "DNS:agent");
            return [$"cafile {folder}/ca.pem", $"certfile {folder}/server.pem", $"keyfile {folder}/server.key", .. more];
        });

    private static MqttConnectionOptions TlsOptions(MosquittoBroker broker, string ca = "ca", string? client = null) =>
        Options(broker.Port) with
        {
            Tls = new MqttTls
            {
                CaFile = $"{broker.Folder}/{ca}.pem",
                CertificateFile = client is null ? null : $"{broker.Folder}/{client}.pem",
                KeyFile = client is null ? null : $"{broker.Folder}/{client}.key",
            },
        };

    [Fact]
    public async Task An_encrypted_connection_carries_messages_both_ways()
    {
        var broker = await TlsBrokerAsync();
        foreach (var host in new[] { "127.0.0.1", "localhost" })
        {
            var connection = await ConnectAsync(TlsOptions(broker) with { Host = host, ReceivedCapacity = 2000 });
            Assert.True((await connection.SubscribeAsync(["a"], MqttQos.AtLeastOnce, Limit)).IsAccepted);
            var publishes = Enumerable.Range(0, 500).Select(i => connection.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
            publishes.Add(connection.PublishAsync(Message("a", new string('x', 200_000)), Limit));
            Assert.All(await Task.WhenAll(publishes), result => Assert.True(result.IsAccepted));
            for (var i = 0; i < 500; i++)
            {
                Assert.Equal($"{i}", Text(await NextAsync(connection)));
            }

            Assert.Equal(200_000, (await NextAsync(connection)).Payload.Length);
            await connection.DisconnectAsync(Limit);
        }
    }

    [Fact]
    public async Task A_broker_of_another_authority_is_not_trusted()
    {
        var broker = await TlsBrokerAsync();
        var result = await Make(TlsOptions(broker, ca: "other")).ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.TlsFailed, result.Outcome);
        Assert.Contains("certificate", result.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\n', result.Text);
    }

    [Fact]
    public async Task The_systems_authorities_do_not_vouch_for_an_unknown_broker()
    {
        var broker = await TlsBrokerAsync();
        var result = await Make(Options(broker.Port) with { Tls = new MqttTls() }).ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.TlsFailed, result.Outcome);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_trusted()
    {
        var broker = await TlsBrokerAsync("DNS:other.example,IP:127.9.9.9");
        var result = await Make(TlsOptions(broker)).ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.TlsFailed, result.Outcome);
        result = await Make(TlsOptions(broker) with { Host = "localhost" }).ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.TlsFailed, result.Outcome);
    }

    [Fact]
    public async Task A_missing_authority_file_is_named()
    {
        var broker = await TlsBrokerAsync();
        var result = await Make(TlsOptions(broker, ca: "absent")).ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.TlsFailed, result.Outcome);
        Assert.Contains("absent.pem", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_file_that_holds_no_certificate_fails()
    {
        var broker = await TlsBrokerAsync();
        await File.WriteAllTextAsync($"{broker.Folder}/nonsense.pem", "nonsense", Limit);
        var result = await Make(TlsOptions(broker, ca: "nonsense")).ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.TlsFailed, result.Outcome);
    }

    [Fact]
    public async Task A_client_certificate_opens_a_broker_that_asks_for_one()
    {
        var broker = await TlsBrokerAsync(more: "require_certificate true");
        await ConnectAsync(TlsOptions(broker, client: "client"));
        var without = await Make(TlsOptions(broker)).ConnectAsync(Limit);
        Assert.False(without.IsConnected);
    }

    [Fact]
    public async Task Nothing_is_sent_in_plaintext_when_the_broker_does_not_speak_tls()
    {
        var folder = Directory.CreateTempSubdirectory("edgeagent-tls-").FullName;
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var options = Options(((IPEndPoint)listener.LocalEndpoint).Port) with
            {
                Tls = new MqttTls { CaFile = OpenSsl.Authority(folder, "ca") },
                Credentials = new("agent", "s3cret"),
            };
            var connecting = Make(options).ConnectAsync(Limit);
            using var heard = new MemoryStream();
            using (var peer = await listener.AcceptTcpClientAsync(Limit))
            {
                byte[] answer = [0x20, 9, 0, 0, 6, 0x22, 0, 10, 0x21, 0, 20]; // Mosquitto's CONNACK
                await peer.GetStream().WriteAsync(answer, Limit);
                await peer.GetStream().CopyToAsync(heard, Limit).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            Assert.Equal(MqttConnectOutcome.TlsFailed, (await connecting).Outcome);
            Assert.Equal(0x16, heard.ToArray()[0]); // a TLS handshake record
            Assert.DoesNotContain("s3cret", System.Text.Encoding.Latin1.GetString(heard.ToArray()), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_connection_closed_during_the_handshake_fails_at_once()
    {
        var folder = Directory.CreateTempSubdirectory("edgeagent-tls-").FullName;
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var options = Options(((IPEndPoint)listener.LocalEndpoint).Port) with
            {
                Tls = new MqttTls { CaFile = OpenSsl.Authority(folder, "ca") },
            };
            var connecting = Make(options).ConnectAsync(Limit);
            using (var peer = await listener.AcceptTcpClientAsync(Limit))
            {
                Assert.True(await peer.GetStream().ReadAsync(new byte[4096], Limit) > 0);
            }

            Assert.Equal(MqttConnectOutcome.TlsFailed, (await connecting).Outcome);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Plaintext_to_a_port_that_speaks_tls_does_not_connect()
    {
        var broker = await TlsBrokerAsync();
        var result = await Make(Options(broker.Port)).ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.Unreachable, result.Outcome);
    }

    [Fact]
    public async Task An_encrypted_connection_that_dies_loses_its_publishes_and_publishes_its_will()
    {
        var broker = await TlsBrokerAsync();
        var observer = await ConnectAsync(TlsOptions(broker) with { ClientId = "observer" });
        await observer.SubscribeAsync(["status"], MqttQos.AtLeastOnce, Limit);
        var dying = await ConnectAsync(TlsOptions(broker) with { Will = Will });
        await dying.DisposeAsync();
        Assert.Equal("offline", Text(await NextAsync(observer)));

        broker.Freeze();
        var publishes = Enumerable.Range(0, 50).Select(i => observer.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
        await broker.KillAsync();
        Assert.All(await Task.WhenAll(publishes), result => Assert.Equal(MqttRequestOutcome.Lost, result.Outcome));
        Assert.Equal(MqttDisconnectCause.Network, (await EndAsync(observer)).Cause);
    }
}
