namespace EdgeAgent.Mqtt.Connections;

/// <param name="Outcome">What became of the attempt.</param>
/// <param name="Reason">The CONNACK's reason code; null where no CONNACK came.</param>
/// <param name="SessionPresent">The broker still had this client's session, with its subscriptions.</param>
/// <param name="Text">One line for a person, with the broker's address.</param>
internal sealed record MqttConnectResult(MqttConnectOutcome Outcome, MqttReasonCode? Reason, bool SessionPresent, string Text)
{
    /// <summary>What is worth adding and changes from one attempt to the next, such as the time; null: nothing.</summary>
    public string? Aside { get; init; }

    public bool IsConnected => Outcome == MqttConnectOutcome.Connected;

    /// <summary>Most messages that may be on their way to the broker at once; 0 where there is no connection.</summary>
    public int Window { get; init; }

    public static MqttConnectResult Connected(string endpoint, bool sessionPresent, int window) =>
        new(MqttConnectOutcome.Connected, MqttReasonCode.Success, sessionPresent, $"connected to {endpoint}") { Window = window };

    public static MqttConnectResult Refused(string endpoint, MqttReasonCode reason, string? reasonString) =>
        new(MqttConnectOutcome.Refused, reason, false, $"{endpoint} refused the connection: {reason.Describe(reasonString)}");

    public static MqttConnectResult Unreachable(string endpoint, string why) =>
        new(MqttConnectOutcome.Unreachable, null, false, $"cannot reach {endpoint}: {OneLine.Of(why)}");

    /// <summary>Something took the connection, and then did not speak MQTT 5.</summary>
    public static MqttConnectResult NoBroker(MqttConnectionOptions options, string why) => new(
        MqttConnectOutcome.Unreachable,
        null,
        false,
        $"what listens at {options.Endpoint} does not answer as an MQTT 5 broker{(options.Tls is null ? ", or wants TLS" : "")}: {OneLine.Of(why)}");

    public static MqttConnectResult TlsFailed(string endpoint, string why) =>
        new(MqttConnectOutcome.TlsFailed, null, false, $"no TLS with {endpoint}: {OneLine.Of(why)}");

    public static MqttConnectResult Misconfigured(string why) =>
        new(MqttConnectOutcome.Misconfigured, null, false, OneLine.Of(why));

    public static MqttConnectResult TimedOut(string endpoint, TimeSpan limit) =>
        Unreachable(endpoint, $"no answer within {limit.TotalSeconds:0.###} s");
}
