using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

/// <summary>With the worked examples of data sheets where they have one.</summary>
public sealed class RegisterLayoutTests
{
    [Theory]
    [InlineData("0x19a0", 410)] // TMP102: 25.625 °C in steps of 1/16, twelve bits at the top
    [InlineData("0xe700", -400)] // TMP102: −25 °C
    [InlineData("0x7ff0", 2047)]
    [InlineData("0x8000", -2048)]
    public void A_signed_number_of_twelve_bits_at_the_top(string bytes, long expected) =>
        Assert.Equal(expected, new RegisterLayout(2, LittleEndian: false, Shift: 4, Bits: 12, IsSigned: true).Decode(HexBytes.Parse(bytes)));

    [Theory]
    [InlineData(false, false, 0xF234L)]
    [InlineData(false, true, -3532L)]
    [InlineData(true, false, 0x34F2L)]
    [InlineData(true, true, 0x34F2L)]
    public void A_register_of_two_bytes_in_every_order_and_sign(bool littleEndian, bool isSigned, long expected) =>
        Assert.Equal(expected, new RegisterLayout(2, littleEndian, 0, 16, isSigned).Decode([0xF2, 0x34]));

    [Theory]
    [InlineData(1, false, 0x81L)]
    [InlineData(1, true, -127L)]
    [InlineData(3, false, 0x810203L)]
    [InlineData(3, true, -8322557L)]
    [InlineData(4, false, 0x81020304L)]
    [InlineData(4, true, -2130574588L)]
    public void A_register_of_any_width(int bytes, bool isSigned, long expected) =>
        Assert.Equal(expected, new RegisterLayout(bytes, false, 0, 8 * bytes, isSigned).Decode(new byte[] { 0x81, 0x02, 0x03, 0x04 }.AsSpan(0, bytes)));

    [Fact]
    public void Bits_beside_the_number_do_not_count() =>
        Assert.Equal(0b101, new RegisterLayout(1, false, Shift: 3, Bits: 3, IsSigned: false).Decode([0b11_101_111]));
}
