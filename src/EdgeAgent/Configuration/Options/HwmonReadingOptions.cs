using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Configuration;

[Description("One value of a hwmon chip: °C, V, A, W, J, rpm or %, as the kernel's interface says.")]
internal sealed record HwmonReadingOptions : ReadingOptions
{
    [Description("The file in the chip's folder, e.g. temp1_input.")]
    [RegularExpression(HwmonQuantity.AttributePattern, ErrorMessage = "temp, in, curr, power, energy, fan or humidity with a number and _input or _average, e.g. temp1_input")]
    public required string Attribute { get; set; }

    internal override string NativeUnit => HwmonQuantity.Of(Attribute).Unit;
}
