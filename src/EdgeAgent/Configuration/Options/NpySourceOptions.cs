using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A fast recording: a NumPy array of float32 [samples, channels], its columns in the order of the channels.")]
internal sealed record NpySourceOptions : SourceOptions
{
    [Description("The .npy file, relative to this file.")]
    [MinLength(1)]
    public required string Path { get; set; }

    [Description("Recorded seconds per real second: 1 = real time, 0 = as fast as possible.")]
    [Range(0.0, 1000.0)]
    public double Speed { get; set; } = 1;
}
