using EdgeAgent.Configuration;
using EdgeAgent.Mqtt.Brokers;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Pipeline;

/// <summary>The config's mqtt block as what the port takes.</summary>
internal static class BrokerPlan
{
    /// <param name="resolve">Makes a path of the config a full one.</param>
    /// <returns>null when the config wants no broker; a problem when it cannot be as the config says.</returns>
    public static BrokerSettings? Make(AgentOptions options, Func<string, string> resolve, TimeProvider time, out StartProblem? problem)
    {
        problem = null;
        if (options.Mqtt is not { Enabled: true } mqtt)
        {
            return null;
        }

        var connect = Adapter(mqtt.Adapter, time);
        if (connect is null)
        {
            problem = new StartProblem(ExitCodes.BadInput, "/mqtt/adapter: found \"mqttnet\", allowed: auto, mosquitto, since this build has no MQTTnet");
            return null;
        }

        var login = Login(mqtt, resolve);
        if (login is not null && !login.TryRead(out _, out var unreadable))
        {
            problem = new StartProblem(ExitCodes.BadInput, unreadable);
            return null;
        }

        var tls = mqtt.Tls is { } t
            ? new MqttTls { CaFile = resolve(t.CaFile), CertificateFile = Full(t.CertificateFile, resolve), KeyFile = Full(t.KeyFile, resolve) }
            : null;
        return new BrokerSettings(
            connect,
            new MqttConnectionOptions
            {
                Host = mqtt.Host,
                Port = mqtt.EffectivePort,
                ClientId = mqtt.ClientId ?? options.Device,
                KeepAlive = TimeSpan.FromSeconds(mqtt.KeepAliveSeconds),
                Tls = tls,
            },
            new Topics(options.Site, options.Device))
        {
            Alternatives = [.. mqtt.Alternatives.Select(broker => new BrokerAddress(broker.Host, mqtt.PortOr(broker.Port)))],
            Login = login,
            Times = new BrokerWatchTimes { SeekEarlier = TimeSpan.FromSeconds(mqtt.ReturnAfterSeconds) },
            BacklogPerSecond = options.Outbox.BacklogPerSecond,
        };
    }

    private static MqttConnectionFactory? Adapter(MqttAdapter adapter, TimeProvider time) => adapter switch
    {
        MqttAdapter.Mosquitto => MqttConnectionFactories.Mosquitto(time),
#if HAS_MQTTNET
        MqttAdapter.MqttNet => MqttConnectionFactories.MqttNet(time),
#else
        MqttAdapter.MqttNet => null,
#endif
        _ => MqttConnectionFactories.Default(time),
    };

    private static BrokerLogin? Login(MqttOptions mqtt, Func<string, string> resolve) => mqtt is { Username: null, UsernameFile: null }
        ? null
        : new BrokerLogin { Username = mqtt.Username, UsernameFile = Full(mqtt.UsernameFile, resolve), PasswordFile = Full(mqtt.PasswordFile, resolve) };

    private static string? Full(string? path, Func<string, string> resolve) => path is null ? null : resolve(path);
}
