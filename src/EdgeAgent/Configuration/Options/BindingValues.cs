namespace EdgeAgent.Configuration;

/// <summary>What each chip gives, and where it sits.</summary>
internal static class BindingValues
{
    public static IReadOnlyList<string> Of(BindingChip chip) => chip switch
    {
        BindingChip.Bme280 => ["temperature", "pressure", "humidity"],
        BindingChip.Adxl345 => ["x", "y", "z"],
        BindingChip.Ads1115 => Voltages(4),
        BindingChip.Ina219 => ["voltage", "current", "power"],
        BindingChip.Max31865 => ["temperature"],
        _ => Voltages(8),
    };

    public static bool IsOnSpi(BindingChip chip) => chip is BindingChip.Adxl345 or BindingChip.Max31865 or BindingChip.Mcp3008;

    /// <summary>The address that a chip on I2C has when nothing is wired to change it.</summary>
    public static string AddressOf(BindingChip chip) => chip switch { BindingChip.Bme280 => "0x76", BindingChip.Ads1115 => "0x48", _ => "0x40" };

    /// <summary>null for what no chip gives.</summary>
    public static string? UnitOf(string value) => value switch
    {
        "temperature" => "°C",
        "pressure" => "kPa",
        "humidity" => "%",
        "x" or "y" or "z" => "g",
        "current" => "A",
        "power" => "W",
        _ when value.StartsWith("voltage", StringComparison.Ordinal) => "V",
        _ => null,
    };

    private static string[] Voltages(int inputs) => [.. Enumerable.Range(0, inputs).Select(input => $"voltage{input}")];
}
