using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeAgent.Mqtt.Connections.MqttNet;

/// <summary>Our options as MQTTnet has them, and its CONNACK as our limits.</summary>
internal static class MqttNetOptions
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">A TLS file holds nothing usable.</exception>
    public static MqttClientOptions From(MqttConnectionOptions options)
    {
        var made = new MqttClientOptions
        {
            ProtocolVersion = MqttProtocolVersion.V500,
            ClientId = options.ClientId,
            CleanSession = options.CleanStart,
            SessionExpiryInterval = (uint)Math.Clamp(options.SessionExpiry.TotalSeconds, 0, uint.MaxValue),
            KeepAlivePeriod = options.KeepAlive,
            ReceiveMaximum = options.ReceiveMaximum,
            MaximumPacketSize = options.MaximumPacketSize,
            Timeout = options.ConnectTimeout,
            Credentials = options.Credentials is { } who
                ? new MqttClientCredentials(who.Username, who.Password is null ? null : Encoding.UTF8.GetBytes(who.Password))
                : null,
            ChannelOptions = new MqttClientTcpOptions
            {
                RemoteEndpoint = new DnsEndPoint(options.Host, options.Port),
                NoDelay = true,
                // MQTTnet's own default resets the connection when it closes, and the DISCONNECT with it: the broker would
                // publish the will of a client that said goodbye.
                LingerState = new LingerOption(false, 0),
                TlsOptions = options.Tls is { } tls ? TlsOf(options, tls) : new MqttClientTlsOptions { UseTls = false },
            },
        };
        if (options.Will is { } will)
        {
            made.WillTopic = will.Topic;
            made.WillPayload = will.Payload.ToArray();
            made.WillQualityOfServiceLevel = MqttNetMessages.QosOf(will.Qos);
            made.WillRetain = will.Retain;
            made.WillContentType = will.ContentType;
            made.WillResponseTopic = will.ResponseTopic;
            made.WillCorrelationData = will.CorrelationData?.ToArray();
            made.WillMessageExpiryInterval = will.ExpirySeconds ?? 0;
            made.WillUserProperties = MqttNetMessages.UserPropertiesOf(will);
        }

        return made;
    }

    public static MqttServerLimits LimitsOf(MqttClientConnectResult answer) => new()
    {
        ReceiveMaximum = answer.ReceiveMaximum is > 0 and var maximum ? maximum : ushort.MaxValue,
        MaximumQos = answer.MaximumQoS == MqttQualityOfServiceLevel.AtMostOnce ? MqttQos.AtMostOnce : MqttQos.AtLeastOnce,
        RetainAvailable = answer.RetainAvailable,
        MaximumPacketSize = answer.MaximumPacketSize is > 0 and var size ? size : null,
    };

    private static MqttClientTlsOptions TlsOf(MqttConnectionOptions options, MqttTls tls)
    {
        var made = new MqttClientTlsOptions
        {
            UseTls = true,
            TargetHost = options.Host,
            // A plant network reaches no revocation list; libmosquitto asks for none either.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        if (tls.CaFile is not null)
        {
            made.TrustChain = [];
            made.TrustChain.ImportFromPemFile(tls.CaFile);
            if (made.TrustChain.Count == 0)
            {
                throw new System.Security.Cryptography.CryptographicException($"caFile {tls.CaFile} holds no certificate");
            }
        }

        if (tls is { CertificateFile: not null, KeyFile: not null })
        {
            made.ClientCertificatesProvider = new DefaultMqttCertificatesProvider(
                [X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile)]);
        }

        return made;
    }
}
