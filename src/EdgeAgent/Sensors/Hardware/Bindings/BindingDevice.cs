using System.Device.Spi;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.I2c;
using EdgeAgent.Sensors.Hardware.SystemDevice;
using Iot.Device.Adxl345;
using Iot.Device.Max31865;

namespace EdgeAgent.Sensors.Hardware.Bindings;

/// <summary>A chip that Iot.Device.Bindings reads.</summary>
/// <param name="openBus">For chips on I2C.</param>
/// <param name="openSpi">For the others.</param>
internal sealed class BindingDevice(BindingSensorOptions options, I2cBusOpener openBus, Func<SpiConnectionSettings, SpiDevice> openSpi) : ISensorDevice
{
    private const int SlowSpiHertz = 1_000_000;

    private readonly string _where = BindingValues.IsOnSpi(options.Chip) ? $"/dev/spidev{options.Bus}.{options.Select ?? 0}" : $"/dev/i2c-{options.Bus}";
    private II2cBus? _bus;
    private IBoundChip? _chip;

    public ReadFault? Open()
    {
        Dispose();
        try
        {
            var fault = BindingValues.IsOnSpi(options.Chip) ? null : openBus(options.Bus, out _bus);
            _chip = fault is null ? Make() : null;
            return fault;
        }
        catch (Exception e) when (SystemDeviceErrors.Knows(e))
        {
            return SystemDeviceErrors.Fault(e, _where);
        }
    }

    public ReadFault? Read(Span<double> values)
    {
        try
        {
            if (_chip!.Measure() is { } fault)
            {
                return fault;
            }

            for (var i = 0; i < values.Length; i++)
            {
                values[i] = _chip.Value(options.Readings[i].Value);
            }

            return null;
        }
        catch (Exception e) when (SystemDeviceErrors.Knows(e))
        {
            return SystemDeviceErrors.Fault(e, _where);
        }
    }

    public void Dispose()
    {
        try
        {
            _chip?.Dispose();
        }
        catch (Exception e) when (SystemDeviceErrors.Knows(e))
        {
            // Some write to their chip when they go, and it may be gone itself.
        }

        _chip = null;
        _bus?.Dispose();
        _bus = null;
    }

    private IBoundChip Make() => options.Chip switch
    {
        BindingChip.Bme280 => new BoundBme280(I2c()),
        BindingChip.Ads1115 => new BoundAds1115(I2c(), options.RangeVolts),
        BindingChip.Ina219 => new BoundIna219(I2c(), options.ShuntOhms),
        BindingChip.Adxl345 => OnSpi(Adxl345.SpiClockFrequency, Adxl345.SpiMode, bus => new BoundAdxl345(bus, _where, options.RangeG)),
        BindingChip.Max31865 => OnSpi(Max31865.SpiClockFrequency, Max31865.SpiMode1, bus => new BoundMax31865(bus, _where, options)),
        _ => OnSpi(SlowSpiHertz, SpiMode.Mode0, bus => new BoundMcp3008(bus, options.ReferenceVolts)),
    };

    private PortI2cDevice I2c() => new(_bus!, options.Bus, HexBytes.Parse(options.Address ?? BindingValues.AddressOf(options.Chip))[0]);

    private IBoundChip OnSpi(int hertz, SpiMode mode, Func<SpiDevice, IBoundChip> make)
    {
        var bus = openSpi(new SpiConnectionSettings(options.Bus, options.Select ?? 0) { ClockFrequency = hertz, Mode = mode });
        try
        {
            return make(bus);
        }
        catch
        {
            bus.Dispose();
            throw;
        }
    }
}
