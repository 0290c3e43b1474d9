using EdgeAgent.Configuration;
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

        if (!TryReadPassword(mqtt, resolve, out var password, out problem))
        {
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
                Credentials = mqtt.Username is { } name ? new MqttCredentials(name, password) : null,
                Tls = tls,
            },
            new Topics(options.Site, options.Device))
        {
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

    private static bool TryReadPassword(MqttOptions mqtt, Func<string, string> resolve, out string? password, out StartProblem? problem)
    {
        password = null;
        problem = null;
        if (mqtt.PasswordFile is not { } file)
        {
            return true;
        }

        try
        {
            password = File.ReadAllText(resolve(file)).TrimEnd('\r', '\n');
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = new StartProblem(ExitCodes.BadInput, $"/mqtt/passwordFile: {resolve(file)} cannot be read: {e.Message}");
            return false;
        }
    }

    private static string? Full(string? path, Func<string, string> resolve) => path is null ? null : resolve(path);
}
