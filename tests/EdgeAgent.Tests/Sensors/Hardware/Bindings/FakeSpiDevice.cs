using System.Device.Spi;

namespace EdgeAgent.Tests.Sensors.Hardware.Bindings;

/// <summary>A chip on SPI in memory: what it answers while it is told something.</summary>
internal sealed class FakeSpiDevice(SpiConnectionSettings settings, Func<byte[], byte[]> exchange) : SpiDevice
{
    public override SpiConnectionSettings ConnectionSettings => settings;

    public bool IsClosed { get; private set; }

    public override void Read(Span<byte> buffer) => TransferFullDuplex(new byte[buffer.Length], buffer);

    public override void Write(ReadOnlySpan<byte> buffer) => exchange(buffer.ToArray());

    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => exchange(writeBuffer.ToArray()).CopyTo(readBuffer);

    protected override void Dispose(bool disposing)
    {
        IsClosed = true;
        base.Dispose(disposing);
    }
}
