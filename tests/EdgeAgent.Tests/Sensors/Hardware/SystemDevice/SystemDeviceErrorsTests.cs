using EdgeAgent.Sensors.Hardware.SystemDevice;

namespace EdgeAgent.Tests.Sensors.Hardware.SystemDevice;

public sealed class SystemDeviceErrorsTests
{
    public static TheoryData<Exception, string> Cases() => new()
    {
        { new IOException("Error 2 (No such file or directory). Can not open I2C device file '/dev/i2c-1'."), "absent" },
        { new IOException("Error 13 (Permission denied). Can not open SPI device file '/dev/spidev0.0'."), "permission-denied" },
        { new IOException("Error 121 performing I2C data transfer."), "no-answer" },
        { new IOException("Error 110 (Connection timed out) performing I2C data transfer."), "timeout" },
        { new IOException("Unable to find a chip with id 96. Found one with id 88"), "wrong-id" },
        { new IOException("Read unexpected power mode"), "bus-error" },
        { new TimeoutException("Timeout waiting for ADC to complete conversion"), "timeout" },
        { new InvalidOperationException("Invalid data was read from the sensor"), "bad-data" },
        { new PlatformNotSupportedException("not on this computer"), "refused" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_the_packages_throw_becomes_a_fault_of_its_kind(Exception thrown, string fault)
    {
        Assert.True(SystemDeviceErrors.Knows(thrown));
        Assert.Equal(fault, SystemDeviceErrors.Fault(thrown, "/dev/null").Name);
    }

    [Fact]
    public void A_bug_is_not_a_fault() => Assert.False(SystemDeviceErrors.Knows(new ArgumentException("a bug")));
}
