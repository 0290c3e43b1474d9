using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Pipeline;

/// <summary>Which broker to speak to, through which adapter, under which topics.</summary>
/// <param name="Options">Without the will, which the session adds.</param>
internal sealed record BrokerSettings(MqttConnectionFactory Connect, MqttConnectionOptions Options, Topics Topics)
{
    /// <summary>0 = without a limit.</summary>
    public int BacklogPerSecond { get; init; }
}
