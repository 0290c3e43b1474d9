using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("How models are swapped.")]
internal sealed record ModelsOptions
{
    [Description("The folder of trusted keys, relative to this file: *.pem, and revoked.txt with the ids of withdrawn ones.")]
    [MinLength(1)]
    public string Keys { get; set; } = "keys";

    public ShadowOptions Shadow { get; set; } = new();

    public ProbationOptions Probation { get; set; } = new();
}
