using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EdgeAgent.Configuration;

[Description("The MQTT 5 broker.")]
internal sealed record MqttOptions
{
    [Description("false = keep this block, but do not connect.")]
    public bool Enabled { get; set; } = true;

    [Description("The broker's host name or address.")]
    [Length(1, 253)]
    public string Host { get; set; } = "localhost";

    [Description("The broker's port. Default: 8883 with tls, else 1883.")]
    [Range(1, 65_535)]
    public int? Port { get; set; }

    [Description("Further brokers, in this order: the first of all that takes a connection is used, with the same login, tls and client id. Default: none.")]
    [Length(0, 8)]
    public IReadOnlyList<MqttBrokerOptions> Alternatives { get; set; } = [];

    [Description("While an alternative is in use, the brokers before it are tried so often. 0 = only when the connection is lost.")]
    [Range(0, 86_400)]
    public int ReturnAfterSeconds { get; set; } = 300;

    [Description("Default: the device's name.")]
    [RegularExpression("^[A-Za-z0-9_.:-]{1,128}$", ErrorMessage = "1..128 letters, digits or _ . : -")]
    public string? ClientId { get; set; }

    [Description("The broker takes the device as offline after one and a half times this without a message.")]
    [Range(5, 3600)]
    public int KeepAliveSeconds { get; set; } = 30;

    [Description("The name that the broker knows the device by. Default: no name and password.")]
    [Length(1, 256)]
    public string? Username { get; set; }

    [Description("A file that holds the name and nothing else, instead of username. Paths are relative to this file; $CREDENTIALS_DIRECTORY/NAME is a credential that systemd hands over.")]
    [MinLength(1)]
    public string? UsernameFile { get; set; }

    [Description("A file that holds the password and nothing else; its path as for usernameFile.")]
    [MinLength(1)]
    public string? PasswordFile { get; set; }

    [Description("Encrypts the connection. With it there is no plaintext fallback.")]
    public MqttTlsOptions? Tls { get; set; }

    [Description("The client library: auto = MQTTnet where it was built, else Eclipse Mosquitto's.")]
    public MqttAdapter Adapter { get; set; }

    public MqttCommandOptions? Commands { get; set; }

    public HomeAssistantOptions? HomeAssistant { get; set; }

    /// <summary>The port that is connected to.</summary>
    [JsonIgnore]
    public int EffectivePort => PortOr(Port);

    public int PortOr(int? given) => given ?? (Tls is null ? 1883 : 8883);
}
