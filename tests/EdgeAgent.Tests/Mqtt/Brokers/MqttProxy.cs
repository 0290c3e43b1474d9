using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Tests.Mqtt.Brokers;

/// <summary>
/// Stands between a client and a real broker and reads MQTT's frames: what the broker says can be changed or kept from the
/// client, as a hostile broker or a bad box on the way would.
/// </summary>
internal sealed class MqttProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _broker;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Task _accepting;
    private int _connects;
    private int _publishes;

    public MqttProxy(int broker)
    {
        _broker = broker;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connects => Volatile.Read(ref _connects);

    /// <summary>PUBLISH packets of clients.</summary>
    public int Publishes => Volatile.Read(ref _publishes);

    /// <summary>False: connections are closed at once.</summary>
    public volatile bool Lets = true;

    /// <summary>What becomes of a packet from the broker; null keeps it from the client.</summary>
    public Func<byte[], byte[]?> FromBroker { get; set; } = packet => packet;

    public static bool IsPuback(byte[] packet) => packet[0] == 0x40;

    /// <summary>A PUBACK for the same packet identifier with another reason.</summary>
    public static byte[] PubackWith(byte[] packet, byte reason) => [0x40, 3, packet[2], packet[3], reason];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_talks);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                if (!Lets)
                {
                    client.Dispose();
                    continue;
                }

                Interlocked.Increment(ref _connects);
                _talks.Add(TalkAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var broker = new TcpClient();
        using var here = client;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            await broker.ConnectAsync(IPAddress.Loopback, _broker, over.Token);
            (client.NoDelay, broker.NoDelay) = (true, true);
            var up = PassAsync(client.GetStream(), broker.GetStream(), Count, over.Token);
            var down = PassAsync(broker.GetStream(), client.GetStream(), packet => FromBroker(packet), over.Token);
            await await Task.WhenAny(up, down);
            await over.CancelAsync();
            await Task.WhenAll(up, down);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // One side has gone: the other is closed too.
        }
    }

    private byte[]? Count(byte[] packet)
    {
        if (packet[0] >> 4 == 3)
        {
            Interlocked.Increment(ref _publishes);
        }

        return packet;
    }

    private static async Task PassAsync(Stream from, Stream to, Func<byte[], byte[]?> change, CancellationToken stop)
    {
        while (true)
        {
            if (change(await ReadPacketAsync(from, stop)) is { } packet)
            {
                await to.WriteAsync(packet, stop);
            }
        }
    }

    private static async Task<byte[]> ReadPacketAsync(Stream from, CancellationToken stop)
    {
        // Fixed header, then the remaining length in up to four bytes of seven bits (MQTT 5.0, section 2.1.4).
        var head = new List<byte>(5);
        var one = new byte[1];
        var length = 0;
        do
        {
            await from.ReadExactlyAsync(one, stop);
            head.Add(one[0]);
            length |= head.Count == 1 ? 0 : (one[0] & 0x7F) << (7 * (head.Count - 2));
        }
        while (head.Count == 1 || (one[0] & 0x80) != 0);

        var packet = new byte[head.Count + length];
        head.CopyTo(packet);
        await from.ReadExactlyAsync(packet.AsMemory(head.Count), stop);
        return packet;
    }
}
