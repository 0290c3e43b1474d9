using System.Device.Spi;
using System.Numerics;
using EdgeAgent.Core.Sampling;
using Iot.Device.Adxl345;

namespace EdgeAgent.Sensors.Hardware.Bindings;

/// <summary>Acceleration on three axes. The binding does not look whether the chip is there; its id is in register 0.</summary>
internal sealed class BoundAdxl345 : IBoundChip
{
    private const byte ReadId = 0x80;
    private const byte Id = 0xE5;

    private readonly Adxl345 _chip;
    private Vector3 _latest;

    public BoundAdxl345(SpiDevice bus, string where, double rangeG)
    {
        Span<byte> answer = stackalloc byte[2];
        bus.TransferFullDuplex([ReadId, 0], answer);
        if (answer[1] != Id)
        {
            throw new SystemDevice.BusException(new ReadFault(ReadFaultKind.WrongId, $"{where}: says 0x{answer[1]:x2} in register 0x00, and an ADXL345 says 0x{Id:x2}"));
        }

        _chip = new Adxl345(bus, rangeG switch { <= 2 => GravityRange.Range02, <= 4 => GravityRange.Range04, <= 8 => GravityRange.Range08, _ => GravityRange.Range16 });
    }

    public ReadFault? Measure()
    {
        _latest = _chip.Acceleration;
        return null;
    }

    public double Value(string name) => name switch { "x" => _latest.X, "y" => _latest.Y, _ => _latest.Z };

    public void Dispose() => _chip.Dispose();
}
