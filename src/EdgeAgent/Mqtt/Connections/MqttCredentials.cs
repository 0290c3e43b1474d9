namespace EdgeAgent.Mqtt.Connections;

internal sealed record MqttCredentials(string Username, string? Password)
{
    // A record prints its members; a password must never reach a log.
    public override string ToString() => $"user {Username}";
}
