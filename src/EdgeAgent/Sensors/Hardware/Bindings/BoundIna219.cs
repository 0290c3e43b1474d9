using System.Device.I2c;
using EdgeAgent.Core.Sampling;
using Iot.Device.Adc;

namespace EdgeAgent.Sensors.Hardware.Bindings;

/// <summary>Supply: voltage, and the current through a shunt.</summary>
internal sealed class BoundIna219 : IBoundChip
{
    /// <summary>The register is 16 bits of two's complement in steps of 10 µV; the binding reads it without its sign.</summary>
    private const double NegativeFrom = 0.32768;

    private readonly Ina219 _chip;
    private readonly double _shuntOhms;
    private double _volts;
    private double _amperes;

    public BoundIna219(I2cDevice bus, double shuntOhms)
    {
        _chip = new Ina219(bus);
        _shuntOhms = shuntOhms;
        _chip.Reset();
    }

    public ReadFault? Measure()
    {
        var shunt = _chip.ReadShuntVoltage().Volts;
        _amperes = (shunt < NegativeFrom ? shunt : shunt - (2 * NegativeFrom)) / _shuntOhms;
        _volts = _chip.ReadBusVoltage().Volts;
        return null;
    }

    public double Value(string name) => name switch { "voltage" => _volts, "current" => _amperes, _ => _volts * _amperes };

    public void Dispose() => _chip.Dispose();
}
