namespace EdgeAgent.Core.Sampling;

/// <summary>Numbers of data sheets, as text: 0x and two digits for each byte, the highest first.</summary>
public static class HexBytes
{
    /// <summary>A regular expression of one byte.</summary>
    public const string BytePattern = "^0x[0-9A-Fa-f]{2}$";

    /// <summary>A regular expression of one or two bytes.</summary>
    public const string RegisterPattern = "^0x([0-9A-Fa-f]{2}){1,2}$";

    /// <summary>A regular expression of up to 32 bytes, which is what SMBus moves at once.</summary>
    public const string DataPattern = "^0x([0-9A-Fa-f]{2}){1,32}$";

    public static byte[] Parse(string text) => Convert.FromHexString(text.AsSpan(2));

    public static string Format(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
