namespace EdgeAgent.Configuration;

/// <summary>Chips that Iot.Device.Bindings reads.</summary>
internal enum BindingChip
{
    Bme280,
    Adxl345,
    Ads1115,
    Ina219,
    Max31865,
    Mcp3008,
}
