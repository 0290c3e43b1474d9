using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Hardware.Gpio;
using EdgeAgent.Sensors.Hardware.Hwmon;
using EdgeAgent.Sensors.Hardware.I2c;
using EdgeAgent.Sensors.Hardware.Iio;
using EdgeAgent.Sensors.Hardware.Modbus;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>Makes the devices of one source: the one place that knows every kind.</summary>
/// <param name="adapter">Who opens buses and lines.</param>
/// <param name="time">By which samples are timed.</param>
internal sealed class SensorDevices(HardwareAdapter adapter, TimeProvider time)
{
    private const string Sysfs = "/sys";
    private const string Dev = "/dev";
    private readonly ModbusLines _lines = new();

    /// <param name="ring">Where a buffer's samples go one by one; null where readings will do.</param>
    public ISensorDevice Create(PolledSensorOptions sensor, SampleRing? ring = null) => sensor switch
    {
        HwmonSensorOptions hwmon => new HwmonDevice(hwmon, Sysfs),
        IioSensorOptions { Buffer: not null } iio => new IioBufferedDevice(iio, Sysfs, Dev, ring, time),
        IioSensorOptions iio => new IioPolledDevice(iio, Sysfs),
        I2cSensorOptions i2c => new I2cRegisterDevice(i2c, BusAdapters.Buses(adapter)),
        GpioSensorOptions gpio => new GpioDevice(gpio, BusAdapters.Lines(adapter)),
        BindingSensorOptions binding => BusAdapters.Bind(binding, adapter),
        ModbusSensorOptions modbus => new ModbusDevice(modbus, _lines.Of(modbus)),
        _ => throw new InvalidOperationException($"No device for {sensor.GetType().Name}"),
    };
}
