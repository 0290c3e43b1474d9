using EdgeAgent.Mqtt.Brokers;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Pipeline;

/// <summary>Which brokers to speak to, through which adapter, under which topics.</summary>
/// <param name="Options">Host and port are the first broker's. Without the will, which the publish loop adds, and without the login.</param>
internal sealed record BrokerSettings(MqttConnectionFactory Connect, MqttConnectionOptions Options, Topics Topics)
{
    /// <summary>After the first broker, in this order.</summary>
    public IReadOnlyList<BrokerAddress> Alternatives { get; init; } = [];

    /// <summary>Null: anonymous, or known by the client certificate.</summary>
    public BrokerLogin? Login { get; init; }

    /// <summary>Kept up to date by the publish loop.</summary>
    public BrokerUse InUse { get; } = new();

    public BrokerWatchTimes Times { get; init; } = new();

    /// <summary>0 = without a limit.</summary>
    public int BacklogPerSecond { get; init; }
}
