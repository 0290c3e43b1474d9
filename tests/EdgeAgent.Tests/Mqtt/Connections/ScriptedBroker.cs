using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Tests.Mqtt.Connections;

/// <summary>Says to one client, byte for byte, what Mosquitto 2.0.11 never says or cannot be made to say.</summary>
internal sealed class ScriptedBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Stream? _stream;

    public ScriptedBroker() => _listener.Start();

    /// <summary>CONNACK: success, no session, no properties.</summary>
    public static ReadOnlySpan<byte> ConnectAccepted => [0x20, 3, 0, 0, 0];

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Accepts a client.</summary>
    /// <returns>Its CONNECT.</returns>
    public async Task<byte[]> AcceptAsync(CancellationToken cancellationToken, X509Certificate2? certificate = null)
    {
        var client = await _listener.AcceptTcpClientAsync(cancellationToken);
        _stream = client.GetStream();
        if (certificate is not null)
        {
            var encrypted = new SslStream(_stream);
            await encrypted.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
            _stream = encrypted;
        }

        return await ReadPacketAsync(cancellationToken);
    }

    /// <summary>In one write: with TLS, one record.</summary>
    public async Task SendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        await _stream!.WriteAsync(bytes, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    /// <summary>One packet of less than 128 bytes.</summary>
    public async Task<byte[]> ReadPacketAsync(CancellationToken cancellationToken)
    {
        var header = new byte[2];
        await _stream!.ReadExactlyAsync(header, cancellationToken);
        var body = new byte[header[1]];
        await _stream.ReadExactlyAsync(body, cancellationToken);
        return [.. header, .. body];
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }

        _listener.Dispose();
    }
}
