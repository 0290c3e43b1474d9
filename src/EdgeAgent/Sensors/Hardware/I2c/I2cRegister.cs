using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.I2c;

/// <summary>A register of a chip, with the checksum behind it if the chip has one.</summary>
/// <param name="register">As the config writes it; null = the chip is read without naming one.</param>
internal sealed class I2cRegister(I2cSensorOptions chip, string? register, int bytes)
{
    private readonly byte[] _number = register is null ? [] : HexBytes.Parse(register);
    private readonly byte[] _data = new byte[bytes + (chip.Crc8 is null ? 0 : 1)];
    private readonly Crc8? _crc = chip.Crc8 is { } crc ? new Crc8(HexBytes.Parse(crc.Polynomial)[0], HexBytes.Parse(crc.Initial)[0]) : null;
    private readonly bool _coversMessage = chip.Crc8 is { Covers: I2cChecksumCover.Message };

    /// <param name="data">The register's bytes in the order of the bus; overwritten by the next reading.</param>
    public ReadFault? Read(II2cBus bus, byte address, out ReadOnlySpan<byte> data)
    {
        var fault = bus.Transfer(address, _number, _data);
        data = _data.AsSpan(0, bytes);
        return fault ?? (_crc is null ? null : Check(_crc, address));
    }

    private ReadFault? Check(Crc8 crc, byte address)
    {
        var data = _data.AsSpan(0, bytes);
        byte writes = (byte)(address << 1);
        byte reads = (byte)(writes | 1);
        var made = !_coversMessage ? crc.Of(data)
            : _number.Length == 0 ? crc.Of([reads, .. data])
            : crc.Of([writes, .. _number, reads, .. data]);
        return made == _data[bytes] ? null
            : new ReadFault(ReadFaultKind.BadChecksum,
                $"{HexBytes.Format(data)} came from the chip at {chip.Address} on bus {chip.Bus} with the checksum 0x{_data[bytes]:x2}, which should be 0x{made:x2}");
    }
}
