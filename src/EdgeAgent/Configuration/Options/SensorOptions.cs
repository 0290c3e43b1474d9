using System.ComponentModel;
using System.Text.Json.Serialization;

namespace EdgeAgent.Configuration;

/// <summary>One device that gives readings: one kind of sensor with its own settings.</summary>
[Description("One device that gives one or more readings.")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(HwmonSensorOptions), "hwmon")]
[JsonDerivedType(typeof(IioSensorOptions), "iio")]
[JsonDerivedType(typeof(I2cSensorOptions), "i2c-register")]
[JsonDerivedType(typeof(GpioSensorOptions), "gpio")]
[JsonDerivedType(typeof(ModbusSensorOptions), "modbus")]
[JsonDerivedType(typeof(BindingSensorOptions), "binding")]
internal abstract record SensorOptions;
