using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class Crc8Tests
{
    [Fact]
    public void Sensirions_example() => Assert.Equal(0x92, new Crc8(0x31, 0xFF).Of(0xBE, 0xEF));

    /// <summary>The check values of the catalogue of parametrised CRCs: CRC-8/SMBUS and CRC-8/NRSC-5 of the digits 1 to 9.</summary>
    [Theory]
    [InlineData(0x07, 0x00, 0xF4)]
    [InlineData(0x31, 0xFF, 0xF7)]
    public void The_catalogues_check_values(byte polynomial, byte initial, byte expected) =>
        Assert.Equal(expected, new Crc8(polynomial, initial).Of("123456789"u8));
}
