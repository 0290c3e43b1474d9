using System.Device.Spi;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using Iot.Device.Max31865;
using UnitsNet;

namespace EdgeAgent.Sensors.Hardware.Bindings;

/// <summary>A platinum thermometer. A broken wire is told by the chip, not by a temperature.</summary>
internal sealed class BoundMax31865(SpiDevice bus, string where, BindingSensorOptions options) : IBoundChip
{
    private readonly Max31865 _chip = new(
        bus,
        options.Pt1000 ? PlatinumResistanceThermometerType.Pt1000 : PlatinumResistanceThermometerType.Pt100,
        (ResistanceTemperatureDetectorWires)options.Wires,
        ElectricResistance.FromOhms(options.ReferenceOhms));

    private double _celsius;

    public ReadFault? Measure()
    {
        _celsius = _chip.Temperature.DegreesCelsius;
        var faults = _chip.Faults;
        return faults is { OverUnderVoltage: false, ResistanceTemperatureDetectorLow: false, ReferenceInLow: false, ReferenceInHigh: false, LowThreshold: false, HighThreshold: false }
            ? null
            : new ReadFault(ReadFaultKind.BadData, $"{where}: the chip reports a fault of its sensor or wires: {faults}");
    }

    public double Value(string name) => _celsius;

    public void Dispose() => _chip.Dispose();
}
