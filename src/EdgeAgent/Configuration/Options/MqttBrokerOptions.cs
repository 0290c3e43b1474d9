using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A further broker.")]
internal sealed record MqttBrokerOptions
{
    [Description("The broker's host name or address.")]
    [Length(1, 253)]
    public required string Host { get; set; }

    [Description("The broker's port. Default: 8883 with tls, else 1883.")]
    [Range(1, 65_535)]
    public int? Port { get; set; }
}
