using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>Credentials come in pairs.</summary>
internal sealed class MqttRule : IConfigRule
{
    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        if (draft.Options.Mqtt is not { } mqtt)
        {
            yield break;
        }

        if (mqtt is { PasswordFile: not null, Username: null } && draft.IsSound("/mqtt/username"))
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
    }
}
