using System.Device.I2c;
using EdgeAgent.Core.Sampling;
using Iot.Device.Ads1115;

namespace EdgeAgent.Sensors.Hardware.Bindings;

/// <summary>Four voltages, each measured when it is asked for.</summary>
internal sealed class BoundAds1115(I2cDevice bus, double rangeVolts) : IBoundChip
{
    private readonly Ads1115 _chip = new(bus, measuringRange: Range(rangeVolts), deviceMode: DeviceMode.PowerDown);

    public ReadFault? Measure() => null;

    public double Value(string name) => _chip.ReadVoltage(InputMultiplexer.AIN0 + (name[^1] - '0')).Volts;

    public void Dispose() => _chip.Dispose();

    private static MeasuringRange Range(double volts) => volts switch
    {
        <= 0.256 => MeasuringRange.FS0256,
        <= 0.512 => MeasuringRange.FS0512,
        <= 1.024 => MeasuringRange.FS1024,
        <= 2.048 => MeasuringRange.FS2048,
        <= 4.096 => MeasuringRange.FS4096,
        _ => MeasuringRange.FS6144,
    };
}
