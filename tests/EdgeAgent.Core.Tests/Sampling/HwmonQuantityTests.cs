using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class HwmonQuantityTests
{
    /// <summary>The units that the kernel's Documentation/hwmon/sysfs-interface gives.</summary>
    [Theory]
    [InlineData("temp1_input", "°C", 1e3)]
    [InlineData("in0_input", "V", 1e3)]
    [InlineData("curr2_input", "A", 1e3)]
    [InlineData("power1_average", "W", 1e6)]
    [InlineData("energy1_input", "J", 1e6)]
    [InlineData("fan3_input", "rpm", 1)]
    [InlineData("humidity1_input", "%", 1e3)]
    public void An_attribute_counts_in_what_the_kernel_says(string attribute, string unit, double per)
    {
        Assert.Matches(HwmonQuantity.AttributePattern, attribute);
        Assert.Equal(new HwmonQuantity(unit, per), HwmonQuantity.Of(attribute));
    }

    [Theory]
    [InlineData("temp1_label")]
    [InlineData("pwm1")]
    [InlineData("../temp1_input")]
    public void What_is_no_reading_is_not_known(string attribute) => Assert.DoesNotMatch(HwmonQuantity.AttributePattern, attribute);
}
