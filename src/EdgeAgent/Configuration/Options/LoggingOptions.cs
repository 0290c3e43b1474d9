using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("The agent's own log. It always goes to the console, which systemd keeps.")]
internal sealed record LoggingOptions
{
    [Description("The least important entries that are written.")]
    public LoggingLevel Level { get; set; } = LoggingLevel.Information;

    [Description("Also write to this file, relative to the data directory. Default: no file.")]
    [MinLength(1)]
    public string? File { get; set; }
}
