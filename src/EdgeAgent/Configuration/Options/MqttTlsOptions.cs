using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("TLS of the connection to the broker; paths as for usernameFile. Changed files are taken without a restart.")]
internal sealed record MqttTlsOptions
{
    [Description("PEM file with the certificates that may sign the broker's.")]
    [MinLength(1)]
    public required string CaFile { get; set; }

    [Description("PEM file with this device's own certificate; needs keyFile.")]
    [MinLength(1)]
    public string? CertificateFile { get; set; }

    [Description("PEM file with the private key of certificateFile.")]
    [MinLength(1)]
    public string? KeyFile { get; set; }
}
