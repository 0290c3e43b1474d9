using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class ScanElementTests
{
    [Theory]
    [InlineData("le:s16/16>>0", "ffff", -1)]
    [InlineData("be:s16/16>>0", "8000", -32768)]
    [InlineData("le:u16/16>>0", "ffff", 65535)]
    [InlineData("le:s12/16>>4", "f0ff", -1)]
    [InlineData("be:s12/16>>4", "7ff0", 2047)]
    [InlineData("be:u24/32>>8", "123456ff", 0x123456)]
    [InlineData("be:s24/32>>8", "ffffff00", -1)]
    [InlineData("be:S24/32>>0", "00800000", -8388608)]
    [InlineData("le:u8/8>>0", "80", 128)]
    [InlineData("le:s64/64>>0", "0100000000000080", long.MinValue + 1)]
    [InlineData("le:s16/16X2>>0", "01000200", 1)]
    public void A_number_is_got_out_of_its_bytes_as_the_kernel_packed_it(string type, string bytes, long expected)
    {
        Assert.True(ScanElement.TryParse(type, out var element));
        Assert.Equal(expected, element.Decode(Convert.FromHexString(bytes)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s16/16>>0")]
    [InlineData("le:s16/24>>0")]
    [InlineData("le:s16/16>>1")]
    [InlineData("le:s0/16>>0")]
    [InlineData("le:s16/16X0>>0")]
    [InlineData("le:f32/32>>0")]
    public void What_is_no_type_is_not_read_as_one(string type) => Assert.False(ScanElement.TryParse(type, out _));
}
