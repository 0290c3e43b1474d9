using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.I2c;

namespace EdgeAgent.Tests.Sensors.Hardware.I2c;

/// <summary>A bus in memory with chips that a test plugs and unplugs.</summary>
internal sealed class FakeI2cBus : II2cBus
{
    public Dictionary<byte, FakeI2cChip> Chips { get; } = [];

    public ReadFault? Open(int number, out II2cBus? bus)
    {
        bus = this;
        return null;
    }

    public ReadFault? Transfer(byte address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        if (!Chips.TryGetValue(address, out var chip))
        {
            return new ReadFault(ReadFaultKind.NoAnswer, $"0x{address:x2}: nothing acknowledges");
        }

        chip.Transfer(write, read);
        return null;
    }

    public void Dispose()
    {
        // It stays as a real bus does; what is opened anew finds the same chips.
    }
}
