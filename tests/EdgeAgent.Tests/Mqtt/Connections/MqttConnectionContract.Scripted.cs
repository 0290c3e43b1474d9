using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Connections;

public abstract partial class MqttConnectionContract
{
    private const byte TopicAliasMaximum = 0x22;

    [Fact]
    public async Task The_reason_of_a_disconnect_by_the_broker_is_told()
    {
        var (broker, connection) = await ScriptedAsync(ScriptedBroker.ConnectAccepted.ToArray());
        var open = connection.PublishAsync(Message("a"), Limit);
        await broker.ReadPacketAsync(Limit);
        await broker.SendAsync([0xE0, 2, 0x8E, 0], Limit);

        var end = await EndAsync(connection);
        Assert.Equal((MqttDisconnectCause.Broker, MqttReasonCode.SessionTakenOver), (end.Cause, end.Reason ?? default));
        Assert.Contains("session taken over (0x8E)", end.Text, StringComparison.Ordinal);
        Assert.Equal(MqttRequestOutcome.Lost, (await open).Outcome);
    }

    [Fact]
    public async Task A_refusal_comes_with_the_brokers_words()
    {
        await using var broker = new ScriptedBroker();
        var connecting = Make(Options(broker.Port)).ConnectAsync(Limit);
        await broker.AcceptAsync(Limit);
        byte[] words = [31, 0, 9, .. "come back"u8];
        await broker.SendAsync([0x20, (byte)(3 + words.Length), 0, 0x89, (byte)words.Length, .. words], Limit);

        var result = await connecting;
        Assert.Equal((MqttConnectOutcome.Refused, MqttReasonCode.ServerBusy), (result.Outcome, result.Reason ?? default));
        Assert.Contains("server busy (0x89): come back", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_publish_comes_with_the_brokers_words()
    {
        var (broker, connection) = await ScriptedAsync(ScriptedBroker.ConnectAccepted.ToArray());
        var publishing = connection.PublishAsync(Message("a"), Limit);
        var publish = await broker.ReadPacketAsync(Limit);
        byte[] words = [31, 0, 4, .. "full"u8];
        await broker.SendAsync([0x40, (byte)(4 + words.Length), publish[5], publish[6], 0x97, (byte)words.Length, .. words], Limit);

        var result = await publishing;
        Assert.Equal((MqttRequestOutcome.Refused, MqttReasonCode.QuotaExceeded), (result.Outcome, result.Reason!.Value));
        Assert.Contains("full", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_more_are_in_flight_than_the_broker_takes_or_the_options_allow()
    {
        byte[] receiveMaximumOfThree = [0x20, 6, 0, 0, 3, 33, 0, 3];
        var (broker, connection) = await ScriptedAsync(receiveMaximumOfThree);
        var publishes = Enumerable.Range(0, 6).Select(i => connection.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((byte)'0' + i, (await broker.ReadPacketAsync(Limit))[^1]);
        }

        using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var fourth = broker.ReadPacketAsync(Limit);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fourth.WaitAsync(moment.Token));
        await broker.SendAsync([0x40, 2, 0, 1], Limit);
        Assert.Equal((byte)'3', (await fourth)[^1]);
        Assert.True((await publishes[0]).IsAccepted);
    }

    [Fact]
    public async Task Topic_aliases_are_neither_asked_for_nor_used_when_a_broker_offers_them()
    {
        await using var broker = new ScriptedBroker();
        var connection = Make(Options(broker.Port));
        var connecting = connection.ConnectAsync(Limit);
        Assert.DoesNotContain(TopicAliasMaximum, PropertiesOfConnect(await broker.AcceptAsync(Limit)));
        await broker.SendAsync([0x20, 6, 0, 0, 3, TopicAliasMaximum, 0, 10], Limit);
        Assert.True((await connecting).IsConnected);

        for (byte i = 0; i < 3; i++)
        {
            _ = connection.PublishAsync(Message("a", "x"), Limit);
            var publish = await broker.ReadPacketAsync(Limit);
            byte[] expected = [0x32, 7, 0, 1, (byte)'a', publish[5], publish[6], 0, (byte)'x']; // the topic itself, and no properties
            Assert.Equal(expected, publish);
        }
    }

    [Fact]
    public async Task A_broker_that_forgets_one_acknowledgement_is_left()
    {
        await using var broker = new ScriptedBroker();
        var connection = Make(Options(broker.Port) with { AnswerTimeout = TimeSpan.FromMilliseconds(500) });
        var connecting = connection.ConnectAsync(Limit);
        await broker.AcceptAsync(Limit);
        await broker.SendAsync(ScriptedBroker.ConnectAccepted.ToArray(), Limit);
        Assert.True((await connecting).IsConnected);
        var forgotten = connection.PublishAsync(Message("a", "0"), Limit);
        var answered = connection.PublishAsync(Message("a", "1"), Limit);
        await broker.ReadPacketAsync(Limit);
        var second = await broker.ReadPacketAsync(Limit);
        await broker.SendAsync([0x40, 2, second[5], second[6]], Limit);

        Assert.True((await answered).IsAccepted);
        Assert.Equal(MqttRequestOutcome.Lost, (await forgotten).Outcome);
        Assert.Equal(MqttDisconnectCause.Unanswered, (await EndAsync(connection)).Cause);
    }

    [Fact]
    public async Task A_broker_of_an_older_protocol_does_not_connect()
    {
        await using var broker = new ScriptedBroker();
        var connecting = Make(Options(broker.Port)).ConnectAsync(Limit);
        await broker.AcceptAsync(Limit);
        await broker.SendAsync([0x20, 2, 0, 1], Limit); // CONNACK of MQTT 3.1.1: unacceptable protocol version

        Assert.False((await connecting).IsConnected);
    }

    [Fact]
    public async Task A_packet_that_is_none_ends_the_connection()
    {
        var (broker, connection) = await ScriptedAsync(ScriptedBroker.ConnectAccepted.ToArray());
        await broker.SendAsync([0x40, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Limit);
        Assert.Equal(MqttDisconnectCause.Network, (await EndAsync(connection)).Cause);
    }

    [Fact]
    public async Task Several_packets_in_one_encrypted_record_are_all_read()
    {
        var folder = Directory.CreateTempSubdirectory("edgeagent-tls-").FullName;
        try
        {
            var authority = OpenSsl.Authority(folder, "ca");
            var file = OpenSsl.Certificate(folder, "server", "ca", "IP:127.0.0.1");
            using var certificate = X509Certificate2.CreateFromPemFile(file, Path.ChangeExtension(file, ".key"));
            await using var broker = new ScriptedBroker();
            var connection = Make(Options(broker.Port) with { Tls = new MqttTls { CaFile = authority } });
            var connecting = connection.ConnectAsync(Limit);
            await broker.AcceptAsync(Limit, certificate);
            var bytes = ScriptedBroker.ConnectAccepted.ToArray().ToList();
            for (var i = 0; i < 50; i++)
            {
                bytes.AddRange([0x32, 8, 0, 1, (byte)'a', 0, (byte)(i + 1), 0, .. Encoding.ASCII.GetBytes($"{i:00}")]);
            }

            await broker.SendAsync([.. bytes], Limit);
            Assert.True((await connecting).IsConnected);
            for (var i = 0; i < 50; i++)
            {
                Assert.Equal($"{i:00}", Text(await NextAsync(connection)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(ScriptedBroker Broker, IMqttConnection Connection)> ScriptedAsync(byte[] answer)
    {
        var broker = Keep(new ScriptedBroker());
        var connection = Make(Options(broker.Port));
        var connecting = connection.ConnectAsync(Limit);
        await broker.AcceptAsync(Limit);
        await broker.SendAsync(answer, Limit);
        var result = await connecting;
        Assert.True(result.IsConnected, result.Text);
        return (broker, connection);
    }

    /// <summary>The names of the properties, which are told apart by their sizes (MQTT 5.0, section 3.1.2.11).</summary>
    private static List<byte> PropertiesOfConnect(byte[] connect)
    {
        const int LengthAt = 2 + 6 + 1 + 1 + 2; // fixed header, "MQTT", version, flags, keep-alive
        var names = new List<byte>();
        for (var at = LengthAt + 1; at < LengthAt + 1 + connect[LengthAt];)
        {
            names.Add(connect[at]);
            at += connect[at] switch
            {
                0x11 or 0x27 => 5, // session expiry, maximum packet size
                0x21 or TopicAliasMaximum => 3, // receive maximum
                0x17 or 0x19 => 2, // request problem information, request response information
                var unknown => throw new InvalidOperationException($"property 0x{unknown:X2}"),
            };
        }

        return names;
    }
}
