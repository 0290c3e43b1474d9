using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A recording, one row per reading.")]
internal sealed record CsvSourceOptions : SourceOptions
{
    [Description("The CSV file, relative to this file.")]
    [MinLength(1)]
    public required string Path { get; set; }

    [Description("What separates the columns. Default: found from the header.")]
    [AllowedValues(",", ";", "\t", "|")]
    public string? Delimiter { get; set; }

    [Description("The column that holds the time of each row. Default: datetime, timestamp or time, if there is one.")]
    [MinLength(1)]
    public string? TimeColumn { get; set; }

    [Description("Recorded seconds per real second: 1 = real time, 0 = as fast as possible.")]
    [Range(0.0, 1000.0)]
    public double Speed { get; set; } = 1;
}
