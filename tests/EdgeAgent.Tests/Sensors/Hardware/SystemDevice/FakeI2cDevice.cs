using System.Device.I2c;
using EdgeAgent.Tests.Sensors.Hardware.I2c;

namespace EdgeAgent.Tests.Sensors.Hardware.SystemDevice;

/// <summary>System.Device.Gpio's device at one address, over a chip in memory. Fails with the words of the real one.</summary>
/// <param name="chip">null = nothing is plugged in.</param>
internal sealed class FakeI2cDevice(byte address, FakeI2cChip? chip) : I2cDevice
{
    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, address);

    private FakeI2cChip Chip => chip ?? throw new IOException("Error 121 (Remote I/O error) performing I2C data transfer.");

    public override void Read(Span<byte> buffer) => Chip.Transfer([], buffer);

    public override void Write(ReadOnlySpan<byte> buffer) => Chip.Transfer(buffer, []);

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => Chip.Transfer(writeBuffer, readBuffer);
}
