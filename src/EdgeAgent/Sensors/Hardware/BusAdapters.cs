using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Gpio;
using EdgeAgent.Sensors.Hardware.I2c;
using EdgeAgent.Sensors.Hardware.Linux;
#if HAS_DEVICE_BINDINGS
using System.Device.Spi;
using EdgeAgent.Sensors.Hardware.Bindings;
using EdgeAgent.Sensors.Hardware.SystemDevice;
#endif

namespace EdgeAgent.Sensors.Hardware;

/// <summary>Which buses and lines this build can open: the one place that knows what the package feed had.</summary>
internal static class BusAdapters
{
    public static GpioLineOpener Lines(HardwareAdapter adapter) => adapter switch
    {
#if HAS_DEVICE_BINDINGS
        HardwareAdapter.SystemDevice => SystemDeviceGpioLines.OfThisDevice.Open,
#endif
        HardwareAdapter.Kernel => GpioLines.OfThisDevice.Open,
        _ => throw new NotSupportedException("This build lacks System.Device.Gpio"),
    };

    public static I2cBusOpener Buses(HardwareAdapter adapter) => adapter switch
    {
#if HAS_DEVICE_BINDINGS
        HardwareAdapter.SystemDevice => SystemDeviceI2cBus.Open,
#endif
        HardwareAdapter.Kernel => OpenKernelBus,
        _ => throw new NotSupportedException("This build lacks System.Device.Gpio"),
    };

    public static ISensorDevice Bind(BindingSensorOptions sensor, HardwareAdapter adapter) =>
#if HAS_DEVICE_BINDINGS
        new BindingDevice(sensor, Buses(adapter), SpiDevice.Create);
#else
        throw new NotSupportedException($"This build lacks Iot.Device.Bindings, which would read {sensor.Name} by {adapter}");
#endif

    private static ReadFault? OpenKernelBus(int number, out II2cBus? bus) => I2cKernelBus.Open($"/dev/i2c-{number}", Libc.Control, out bus);
}
