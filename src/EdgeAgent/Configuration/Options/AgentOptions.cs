using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EdgeAgent.Configuration;

/// <summary>
/// Everything that one device's config file may say, with its defaults. The shipped JSON Schema and the checks at start
/// are both made from these types and their attributes.
/// </summary>
[Description("One edge device: the machine it watches, its sensors, and what it does with what it finds.")]
internal sealed record AgentOptions
{
    public const string NamePattern = "^[A-Za-z0-9_-]{1,64}$";
    public const string NameAllowed = "1..64 letters, digits, _ or -";

    [JsonPropertyName("$schema")]
    [Description("Where an editor finds the JSON Schema of this file; the agent does not read it.")]
    public string? Schema { get; set; }

    [Description("The site, as it stands in MQTT topics.")]
    [RegularExpression(NamePattern, ErrorMessage = NameAllowed)]
    public required string Site { get; set; }

    [Description("This device, unique in the site, as it stands in MQTT topics.")]
    [RegularExpression(NamePattern, ErrorMessage = NameAllowed)]
    public required string Device { get; set; }

    public required MachineOptions Machine { get; set; }

    public SamplingOptions Sampling { get; set; } = new();

    [Description("What is measured. The order is the order of every reading.")]
    [Length(1, 64)]
    public required IReadOnlyList<ChannelOptions> Channels { get; set; }

    public required SourceOptions Source { get; set; }

    public HealthOptions Health { get; set; } = new();

    public required DetectionOptions Detection { get; set; }

    public ModelsOptions Models { get; set; } = new();

    public UsbOptions Usb { get; set; } = new();

    public AlarmsOptions Alarms { get; set; } = new();

    public OutputsOptions Outputs { get; set; } = new();

    public CalibrationOptions Calibration { get; set; } = new();

    public ExplanationOptions Explanation { get; set; } = new();

    [Description("The broker that decisions go to. Without this block they stay in the outbox.")]
    public MqttOptions? Mqtt { get; set; }

    public OutboxOptions Outbox { get; set; } = new();

    public LoggingOptions Logging { get; set; } = new();

    [Description("Where decisions and calibrations are kept. Default: --data-dir, else /var/lib/edgeagent.")]
    [MinLength(1)]
    public string? DataDir { get; set; }
}
