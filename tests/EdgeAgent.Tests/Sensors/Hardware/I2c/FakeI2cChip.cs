namespace EdgeAgent.Tests.Sensors.Hardware.I2c;

/// <summary>A chip with a register map in memory: the first byte of a write is the register, reading goes on from it.</summary>
/// <param name="width">How many bytes each register has.</param>
internal sealed class FakeI2cChip(int width = 1)
{
    private readonly byte[] _registers = new byte[256 * width];
    private readonly Lock _lock = new();
    private int _pointer;

    /// <summary>Whole writes, as they came.</summary>
    public List<byte[]> Writes { get; } = [];

    /// <summary>Changes registers before a read, e.g. a status that a test counts down.</summary>
    public Action<FakeI2cChip> BeforeRead { get; set; } = _ => { };

    public void Set(int register, params byte[] bytes)
    {
        lock (_lock)
        {
            bytes.CopyTo(_registers, register * width);
        }
    }

    public byte[] Get(int register)
    {
        lock (_lock)
        {
            return _registers[(register * width)..((register + 1) * width)];
        }
    }

    public void Transfer(ReadOnlySpan<byte> write, Span<byte> read)
    {
        lock (_lock)
        {
            if (write.Length > 0)
            {
                Writes.Add(write.ToArray());
                _pointer = write[0] * width;
                write[1..].CopyTo(_registers.AsSpan(_pointer));
            }

            if (read.Length > 0)
            {
                BeforeRead(this);
                _registers.AsSpan(_pointer, read.Length).CopyTo(read);
            }
        }
    }
}
