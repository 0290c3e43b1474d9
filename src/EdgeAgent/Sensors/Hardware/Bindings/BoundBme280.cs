using System.Device.I2c;
using EdgeAgent.Core.Sampling;
using Iot.Device.Bmxx80;
using Iot.Device.Bmxx80.ReadResult;

namespace EdgeAgent.Sensors.Hardware.Bindings;

/// <summary>Air: temperature, pressure, humidity. Making it checks the chip's id and resets it; each measurement is started and waited for.</summary>
internal sealed class BoundBme280(I2cDevice bus) : IBoundChip
{
    private readonly Bme280 _chip = new(bus);
    private Bme280ReadResult? _latest;

    public ReadFault? Measure()
    {
        _latest = _chip.Read();
        return null;
    }

    public double Value(string name) => name switch
    {
        "temperature" => _latest?.Temperature?.DegreesCelsius,
        "pressure" => _latest?.Pressure?.Kilopascals,
        _ => _latest?.Humidity?.Percent,
    } ?? double.NaN;

    public void Dispose() => _chip.Dispose();
}
