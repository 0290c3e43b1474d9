namespace EdgeAgent.Mqtt.Connections;

internal sealed record MqttConnectionOptions
{
    public const int UsualInFlight = 512;

    /// <summary>A host name or an address literal; with TLS it is also the name that the broker's certificate must carry.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string ClientId { get; init; }

    /// <summary>
    /// 5 s to 65,535 s (libmosquitto takes nothing shorter), whole seconds. A dead connection is noticed after at most
    /// twice this time.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Zero: the broker forgets the session with the connection.</summary>
    public TimeSpan SessionExpiry { get; init; }

    public bool CleanStart { get; init; } = true;

    /// <summary>Null: anonymous, or known by the client certificate.</summary>
    public MqttCredentials? Credentials { get; init; }

    /// <summary>Null: plaintext. Not null: TLS or nothing.</summary>
    public MqttTls? Tls { get; init; }

    public MqttMessage? Will { get; init; }

    /// <summary>For name lookup, TCP, TLS and CONNACK together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan DisconnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// A broker that owes the answer to one request for so long is left, even if it answers pings: within a connection
    /// MQTT 5 sends nothing twice, so one forgotten PUBACK would block its sender for ever.
    /// </summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most messages on their way to the broker at once; the broker's own receive maximum may lower it.</summary>
    public int MaximumInFlight { get; init; } = UsualInFlight;

    /// <summary>Most unacknowledged messages that the broker may send at once.</summary>
    public ushort ReceiveMaximum { get; init; } = 64;

    /// <summary>The broker keeps larger packets to itself, so that nobody fills our memory with one message.</summary>
    public uint MaximumPacketSize { get; init; } = 1 << 20;

    /// <summary>Received messages that wait for their reader.</summary>
    public int ReceivedCapacity { get; init; } = 256;

    public string Endpoint => $"{Host}:{Port}";

    /// <summary>One line that says what cannot work, or null. Both adapters ask before they touch the network.</summary>
    public string? Problem()
    {
        if (Host.Length == 0 || Host.Contains('\0') || Port is < 1 or > 65535)
        {
            return $"'{Endpoint}' is no broker address; needed are a host and a port from 1 to 65535";
        }

        if (ClientId.Length == 0 || !MqttText.Fits(ClientId))
        {
            return "the MQTT client id must be text of 1 to 65,535 bytes";
        }

        if (KeepAlive < TimeSpan.FromSeconds(5) || KeepAlive > TimeSpan.FromSeconds(65535))
        {
            return $"keep-alive is {KeepAlive.TotalSeconds} s; allowed are 5 s to 65535 s";
        }

        if (Credentials is { } who && !(MqttText.Fits(who.Username) && MqttText.Fits(who.Password)))
        {
            return "user name and password must be text of at most 65,535 bytes each";
        }

        return Will is { } will && !(MqttTopics.IsName(will.Topic) && MqttText.Fits(will) && will.Payload.Length <= ushort.MaxValue)
            ? $"the will for topic '{OneLine.Of(will.Topic)}' is not one that MQTT can carry"
            : null;
    }
}
