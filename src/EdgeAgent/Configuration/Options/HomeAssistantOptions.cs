using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("Announces the device to Home Assistant by MQTT discovery. Default: it is not announced.")]
internal sealed record HomeAssistantOptions
{
    [Description("Home Assistant's discovery prefix.")]
    [RegularExpression("^[A-Za-z0-9_-]{1,64}$", ErrorMessage = "1..64 letters, digits, _ or -")]
    public string Prefix { get; set; } = "homeassistant";
}
