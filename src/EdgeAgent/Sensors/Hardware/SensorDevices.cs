using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Hardware.Gpio;
using EdgeAgent.Sensors.Hardware.Hwmon;
using EdgeAgent.Sensors.Hardware.I2c;
using EdgeAgent.Sensors.Hardware.Iio;
using EdgeAgent.Sensors.Hardware.Modbus;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>Makes the devices of one source: the one place that knows every kind.</summary>
/// <param name="adapter">Who opens buses and lines.</param>
internal sealed class SensorDevices(HardwareAdapter adapter)
{
    private const string Sysfs = "/sys";
    private readonly ModbusLines _lines = new();

    public ISensorDevice Create(PolledSensorOptions sensor) => sensor switch
    {
        HwmonSensorOptions hwmon => new HwmonDevice(hwmon, Sysfs),
        IioSensorOptions iio => new IioPolledDevice(iio, Sysfs),
        I2cSensorOptions i2c => new I2cRegisterDevice(i2c, BusAdapters.Buses(adapter)),
        GpioSensorOptions gpio => new GpioDevice(gpio, BusAdapters.Lines(adapter)),
        BindingSensorOptions binding => BusAdapters.Bind(binding, adapter),
        ModbusSensorOptions modbus => new ModbusDevice(modbus, _lines.Of(modbus)),
        _ => throw new InvalidOperationException($"No device for {sensor.GetType().Name}"),
    };
}
