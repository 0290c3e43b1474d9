using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Connections;

public abstract partial class MqttConnectionContract
{
    [Fact]
    public async Task Connects_and_leaves_gracefully()
    {
        var broker = await BrokerAsync();
        var connection = Make(Options(broker.Port));

        var result = await connection.ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.Connected, result.Outcome);
        Assert.Equal(MqttReasonCode.Success, result.Reason);
        Assert.False(result.SessionPresent);
        Assert.False(connection.Disconnected.IsCompleted);

        await connection.DisconnectAsync(Limit);
        Assert.Equal(MqttDisconnectCause.Graceful, (await EndAsync(connection)).Cause);
        Assert.True(connection.Received.Completion.IsCompletedSuccessfully);
        Assert.Equal(MqttRequestOutcome.Lost, (await connection.PublishAsync(Message("a"), Limit)).Outcome);
    }

    [Fact]
    public async Task Connects_once_only()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port));
        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.ConnectAsync(Limit));
    }

    [Fact]
    public async Task A_host_name_works_as_well_as_an_address()
    {
        var broker = await BrokerAsync();
        await ConnectAsync(Options(broker.Port) with { Host = "localhost" });
    }

    [Fact]
    public async Task Says_that_nothing_listens()
    {
        var broker = await BrokerAsync();
        await broker.KillAsync();
        var connection = Make(Options(broker.Port));

        var result = await connection.ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.Unreachable, result.Outcome);
        Assert.Null(result.Reason);
        Assert.Contains($"127.0.0.1:{broker.Port}", result.Text, StringComparison.Ordinal);
        Assert.Contains("refused", result.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(MqttDisconnectCause.NeverConnected, (await EndAsync(connection)).Cause);
    }

    [Fact]
    public async Task Says_that_a_host_is_unknown()
    {
        var connection = Make(Options(1883) with { Host = "no-such-host.invalid" });
        var result = await connection.ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.Unreachable, result.Outcome);
        Assert.Contains("no-such-host.invalid", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frozen_broker_is_left_after_the_connect_timeout()
    {
        var broker = await BrokerAsync();
        broker.Freeze();
        var connection = Make(Options(broker.Port) with { ConnectTimeout = TimeSpan.FromMilliseconds(300) });

        var result = await connection.ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.Unreachable, result.Outcome);
        Assert.Contains("0.3 s", result.Text, StringComparison.Ordinal);
        Assert.Equal(MqttDisconnectCause.NeverConnected, (await EndAsync(connection)).Cause);
    }

    [Fact]
    public async Task An_address_that_drops_every_packet_is_left_after_the_connect_timeout()
    {
        await using var hole = new BlackHole();
        var connection = Make(Options(hole.Port) with { ConnectTimeout = TimeSpan.FromMilliseconds(300) });
        var clock = Stopwatch.StartNew();

        var result = await connection.ConnectAsync(Limit);
        await connection.DisposeAsync();
        Assert.Equal(MqttConnectOutcome.Unreachable, result.Outcome);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"took {clock.Elapsed}");
    }

    [Fact]
    public async Task A_cancelled_connect_throws_and_leaves_nothing_behind()
    {
        await using var hole = new BlackHole();
        var connection = Make(Options(hole.Port));
        using var cancel = new CancellationTokenSource();

        var connecting = connection.ConnectAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Equal(MqttDisconnectCause.NeverConnected, (await EndAsync(connection)).Cause);
    }

    [Fact]
    public async Task Something_that_is_no_broker_is_told_apart()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connection = Make(Options(((IPEndPoint)listener.LocalEndpoint).Port));

        var connecting = connection.ConnectAsync(Limit);
        using (var peer = await listener.AcceptTcpClientAsync(Limit))
        {
            await peer.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Limit);
        }

        var result = await connecting;
        Assert.Equal(MqttConnectOutcome.Unreachable, result.Outcome);
        Assert.DoesNotContain("Success", result.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("does not answer as an MQTT 5 broker", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-OpenSSH_9.2p1 Debian\r\n")]
    [InlineData("+OK ready\r\n")]
    [InlineData("220 mail ESMTP\r\n")]
    [InlineData(" ")]
    public async Task A_peer_that_speaks_something_else_and_closes_is_told_in_words(string greeting)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connecting = Make(Options(((IPEndPoint)listener.LocalEndpoint).Port)).ConnectAsync(Limit);
        using (var peer = await listener.AcceptTcpClientAsync(Limit))
        {
            await peer.GetStream().ReadAtLeastAsync(new byte[20], 20, cancellationToken: Limit);
            await peer.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(greeting), Limit);
        }

        var result = await connecting;
        Assert.Equal(MqttConnectOutcome.Unreachable, result.Outcome);
        Assert.Contains("does not answer as an MQTT 5 broker", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_credentials_are_refused_with_their_reason_and_good_ones_are_not()
    {
        var broker = await BrokerAsync(folder =>
        {
            MosquittoPasswords.Write(Path.Combine(folder, "passwords"), "agent", "s3cret");
            return ["allow_anonymous false", $"password_file {folder}/passwords"];
        });

        await ConnectAsync(Options(broker.Port) with { Credentials = new("agent", "s3cret") });
        var bad = await Make(Options(broker.Port) with { Credentials = new("agent", "wrong") }).ConnectAsync(Limit);
        Assert.Equal(MqttConnectOutcome.Refused, bad.Outcome);
        Assert.Contains(bad.Reason, new MqttReasonCode?[] { MqttReasonCode.BadUserNameOrPassword, MqttReasonCode.NotAuthorized });
        Assert.DoesNotContain("wrong", bad.Text, StringComparison.Ordinal);

        var anonymous = Make(Options(broker.Port));
        Assert.Equal(MqttConnectOutcome.Refused, (await anonymous.ConnectAsync(Limit)).Outcome);
        Assert.Equal(MqttDisconnectCause.NeverConnected, (await EndAsync(anonymous)).Cause);
    }

    [Fact]
    public async Task Impossible_options_are_said_before_the_network_is_touched()
    {
        var good = Options(1);
        MqttConnectionOptions[] impossible =
        [
            good with { Port = 0 },
            good with { Host = "" },
            good with { ClientId = "" },
            good with { KeepAlive = TimeSpan.FromSeconds(1) },
            good with { Will = Message("a/#") },
        ];
        foreach (var options in impossible)
        {
            var result = await Make(options).ConnectAsync(Limit);
            Assert.Equal(MqttConnectOutcome.Misconfigured, result.Outcome);
        }
    }

    [Fact]
    public async Task A_session_is_found_again_with_its_subscriptions()
    {
        var broker = await BrokerAsync();
        var options = Options(broker.Port) with { CleanStart = false, SessionExpiry = TimeSpan.FromMinutes(5) };
        var first = await ConnectAsync(options);
        Assert.True((await first.SubscribeAsync(["commands/#"], MqttQos.AtLeastOnce, Limit)).IsAccepted);
        await first.DisconnectAsync(Limit);

        var sender = await ConnectAsync(Options(broker.Port, "sender"));
        Assert.Equal(MqttReasonCode.Success, (await sender.PublishAsync(Message("commands/a", "meanwhile"), Limit)).Reason);

        var second = Make(options);
        Assert.True((await second.ConnectAsync(Limit)).SessionPresent);
        Assert.Equal("meanwhile", Text(await NextAsync(second)));
    }
}
