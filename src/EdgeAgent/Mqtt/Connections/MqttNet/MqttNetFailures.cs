using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using MQTTnet;
using MQTTnet.Exceptions;

namespace EdgeAgent.Mqtt.Connections.MqttNet;

/// <summary>MQTTnet throws for everything; this tells a broken network from a bug, and says what it was.</summary>
internal static class MqttNetFailures
{
    /// <remarks>NullReferenceException is what MQTTnet's calls end with when they race its own clean-up.</remarks>
    public static bool IsExpected(Exception failure) =>
        failure is MqttCommunicationException or MqttClientDisconnectedException or MqttClientNotConnectedException
            or MqttProtocolViolationException or IOException or SocketException or AuthenticationException
            or CryptographicException or ObjectDisposedException or OperationCanceledException or NullReferenceException;

    public static MqttConnectResult ConnectResult(MqttConnectionOptions options, Exception failure)
    {
        var chain = ChainOf(failure).ToList();
        var text = chain[^1].Message;
        // The last three are how a connection that stood ends.
        var isFar = chain.OfType<SocketException>().Any(link =>
            link.SocketErrorCode is not (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown));
        var isTls = chain.Any(link => link is AuthenticationException or CryptographicException)
            || (options.Tls is not null && chain.Any(link => link is IOException) && !chain.Any(link => link is SocketException));
        return isTls ? MqttConnectResult.TlsFailed(options.Endpoint, text)
            : isFar ? MqttConnectResult.Unreachable(options.Endpoint, text)
            : MqttConnectResult.NoBroker(options, text);
    }

    /// <summary>How a connection that stood ended, after MQTTnet's event.</summary>
    public static MqttDisconnect DisconnectOf(MqttClientDisconnectedEventArgs disconnected)
    {
        var reason = (MqttReasonCode)(byte)disconnected.Reason;
        return disconnected.Exception is { } failure ? DisconnectOf(failure)
            : reason.IsFailure ? MqttDisconnect.Broker(reason, disconnected.ReasonString)
            : MqttDisconnect.Because(MqttDisconnectCause.Network, "the broker closed the connection");
    }

    public static MqttDisconnect DisconnectOf(Exception failure)
    {
        var chain = ChainOf(failure).ToList();
        var told = chain.OfType<MqttClientUnexpectedDisconnectReceivedException>().FirstOrDefault();
        if (told is { ReasonCode: { } reason } && ((MqttReasonCode)(byte)reason).IsFailure)
        {
            return MqttDisconnect.Broker((MqttReasonCode)(byte)reason, told.ReasonString);
        }

        return chain.Any(link => link is MqttCommunicationTimedOutException or OperationCanceledException)
            ? MqttDisconnect.Because(MqttDisconnectCause.KeepAlive, "the broker does not answer pings")
            : MqttDisconnect.Because(MqttDisconnectCause.Network, chain[^1].Message);
    }

    private static IEnumerable<Exception> ChainOf(Exception failure)
    {
        for (var link = failure; link is not null; link = link.InnerException)
        {
            yield return link;
        }
    }
}
