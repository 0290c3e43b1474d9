using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("How alarms are explained. The alarm itself never waits for this.")]
internal sealed record ExplanationOptions
{
    [Description("The folder of the language package, relative to this file. Default: explain with the template only.")]
    [MinLength(1)]
    public string? Package { get; set; }

    [Description("After so long the template explains instead.")]
    [Range(1.0, 600.0)]
    public double TimeoutSeconds { get; set; } = 20;

    [Description("Memory that the language worker may take; it is ended above it.")]
    [Range(64, 65_536)]
    public int MemoryLimitMB { get; set; } = 1024;

    [Description("Processor threads of the language worker.")]
    [Range(1, 64)]
    public int Threads { get; set; } = 2;
}
