using System.Device.Spi;
using EdgeAgent.Core.Sampling;
using Iot.Device.Adc;

namespace EdgeAgent.Sensors.Hardware.Bindings;

/// <summary>Eight voltages of ten bits, each measured when it is asked for.</summary>
internal sealed class BoundMcp3008(SpiDevice bus, double referenceVolts) : IBoundChip
{
    private const double Steps = 1024;

    private readonly Mcp3008 _chip = new(bus);

    public ReadFault? Measure() => null;

    public double Value(string name) => _chip.Read(name[^1] - '0') / Steps * referenceVolts;

    public void Dispose() => _chip.Dispose();
}
