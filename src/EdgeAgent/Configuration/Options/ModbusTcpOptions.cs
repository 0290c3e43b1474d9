using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A Modbus server.")]
internal sealed record ModbusTcpOptions
{
    [Description("Its host name or address.")]
    [Length(1, 253)]
    public required string Host { get; set; }

    [Description("Its port.")]
    [Range(1, 65_535)]
    public int Port { get; set; } = 502;
}
