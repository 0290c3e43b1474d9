using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>Credentials come in pairs, and no broker twice.</summary>
internal sealed class MqttRule : IConfigRule
{
    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        if (draft.Options.Mqtt is not { } mqtt)
        {
            yield break;
        }

        if (mqtt is { Username: not null, UsernameFile: not null } && draft.IsSound("/mqtt/usernameFile"))
        {
            yield return new SchemaFault("/mqtt/usernameFile", $"\"{mqtt.UsernameFile}\"", "nothing, since there is a username");
        }

        if (mqtt is { PasswordFile: not null, Username: null, UsernameFile: null } && draft.IsSound("/mqtt/username"))
        {
            yield return new SchemaFault("/mqtt/username", "nothing", "text, since there is a passwordFile");
        }

        if (mqtt.Tls is { CertificateFile: not null, KeyFile: null } && draft.IsSound("/mqtt/tls/keyFile"))
        {
            yield return new SchemaFault("/mqtt/tls/keyFile", "nothing", "a PEM file, since there is a certificateFile");
        }

        if (mqtt.Tls is { CertificateFile: null, KeyFile: not null } && draft.IsSound("/mqtt/tls/certificateFile"))
        {
            yield return new SchemaFault("/mqtt/tls/certificateFile", "nothing", "a PEM file, since there is a keyFile");
        }

        for (var index = 0; index < mqtt.Alternatives.Count; index++)
        {
            var place = JsonPlace.Below("/mqtt/alternatives", index);
            if (IsListedBefore(mqtt, index) && draft.IsSound(place))
            {
                yield return new SchemaFault(place, $"{mqtt.Alternatives[index].Host}:{mqtt.PortOr(mqtt.Alternatives[index].Port)}", "a broker that is not listed before");
            }
        }
    }

    private static bool IsListedBefore(MqttOptions mqtt, int index)
    {
        var broker = mqtt.Alternatives[index];
        return mqtt.Alternatives.Take(index).Prepend(new MqttBrokerOptions { Host = mqtt.Host, Port = mqtt.Port })
            .Any(other => string.Equals(other.Host, broker.Host, StringComparison.OrdinalIgnoreCase) && mqtt.PortOr(other.Port) == mqtt.PortOr(broker.Port));
    }
}
