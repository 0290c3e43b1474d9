using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("The device's buffer, which the kernel fills at the device's own rate.")]
internal sealed record IioBufferOptions
{
    [Description("Samples per second. Set at the device, at its channels or at the trigger, where the driver lets it be set.")]
    [Range(5.0, 1_000_000.0)]
    public required double RateHz { get; set; }

    [Description("The trigger that makes the device take its samples, by its name. Default: as it is; a device with a clock of its own has none.")]
    [Length(1, 128)]
    public string? Trigger { get; set; }

    [Description("How many samples the kernel keeps until they are read. Default: one second of them, at least 64.")]
    [Range(16, 1_048_576)]
    public int? Length { get; set; }

    [Description("The device node, where it is not /dev/ and the name of the device's folder.")]
    [Length(1, 4096)]
    public string? Node { get; set; }

    internal int LengthOrDefault => Length ?? (int)Math.Max(64, Math.Ceiling(RateHz));
}
