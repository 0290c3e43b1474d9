using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class IioQuantityTests
{
    /// <summary>The units that the kernel's Documentation/ABI/testing/sysfs-bus-iio gives.</summary>
    [Theory]
    [InlineData("in_voltage0", "V", 1e3)]
    [InlineData("in_current3", "A", 1e3)]
    [InlineData("in_power1", "W", 1e3)]
    [InlineData("in_temp", "°C", 1e3)]
    [InlineData("in_temp_object", "°C", 1e3)]
    [InlineData("in_accel_x", "m/s²", 1)]
    [InlineData("in_humidityrelative", "%", 1e3)]
    [InlineData("in_pressure", "kPa", 1)]
    [InlineData("in_voltage0-voltage1", "V", 1e3)]
    public void A_channel_counts_in_what_the_kernel_says(string channel, string unit, double per)
    {
        Assert.Matches(IioQuantity.ChannelPattern, channel);
        Assert.Equal(new IioQuantity(unit, per), IioQuantity.Of(channel));
    }

    [Theory]
    [InlineData("in_voltage0_raw")]
    [InlineData("in_accel_x_scale")]
    [InlineData("out_voltage0")]
    [InlineData("in_voltage0/../x")]
    public void What_is_no_channel_is_not_known(string channel) => Assert.DoesNotMatch(IioQuantity.ChannelPattern, channel);

    [Theory]
    [InlineData("in_accel_x", "in_accel_x in_accel")]
    [InlineData("in_voltage0", "in_voltage0 in_voltage")]
    [InlineData("in_voltage0-voltage1", "in_voltage0-voltage1 in_voltage in_voltage-voltage")]
    [InlineData("in_temp", "in_temp")]
    public void A_scale_is_looked_for_under_the_channels_own_name_first(string channel, string names)
    {
        Assert.Equal(names.Split(' ').Order(), IioQuantity.NamesOf(channel).Order());
        Assert.Equal(channel, IioQuantity.NamesOf(channel)[0]);
    }
}
