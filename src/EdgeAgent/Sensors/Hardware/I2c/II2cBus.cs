using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.I2c;

/// <summary>One I2C bus. One thread uses it at a time; a call blocks for as long as the bus takes.</summary>
internal interface II2cBus : IDisposable
{
    /// <summary>Writes to a chip, reads from it, or writes and then reads without letting go of the bus in between.</summary>
    /// <param name="address">Seven bits.</param>
    /// <param name="write">Up to 33 bytes; empty = only read.</param>
    /// <param name="read">Is filled; up to 32 bytes, empty = only write.</param>
    /// <returns>null when all of it was moved.</returns>
    ReadFault? Transfer(byte address, ReadOnlySpan<byte> write, Span<byte> read);
}
