using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("What may be asked of the agent over MQTT. Who may ask is a matter of the broker's access list.")]
internal sealed record MqttCommandOptions
{
    [Description("The commands that are carried out. Default: none, and then nothing is subscribed to.")]
    [Length(0, 16)]
    public IReadOnlyList<MqttCommand> Allow { get; set; } = [];

    [Description("A longer payload is rejected before it is read.")]
    [Range(256, 262_144)]
    public int MaxBytes { get; set; } = 16_384;

    [Description("Commands that may wait while one is carried out; further ones are answered with busy.")]
    [Range(1, 256)]
    public int Queue { get; set; } = 8;

    [Description("After this time the broker throws away an answer that it could not deliver.")]
    [Range(1, 86_400)]
    public int AnswerExpirySeconds { get; set; } = 60;

    [Description("The newest commands whose id is remembered, so that one that is sent again has no second effect.")]
    [Range(16, 100_000)]
    public int Remember { get; set; } = 1000;
}
