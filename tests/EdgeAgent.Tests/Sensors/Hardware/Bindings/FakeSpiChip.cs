namespace EdgeAgent.Tests.Sensors.Hardware.Bindings;

/// <summary>A register map in memory behind SPI: the first byte is the register, its highest bit says whether it is read.</summary>
/// <param name="readsWith">What the highest bit is for a read.</param>
/// <param name="mask">Which bits of the first byte are the register.</param>
internal sealed class FakeSpiChip(bool readsWith, byte mask)
{
    private readonly byte[] _registers = new byte[256];

    public void Set(int register, params byte[] bytes) => bytes.CopyTo(_registers, register);

    public byte Get(int register) => _registers[register];

    public byte[] Exchange(byte[] told)
    {
        var register = told[0] & mask;
        var answer = new byte[told.Length];
        if ((told[0] & 0x80) != 0 == readsWith)
        {
            Array.Copy(_registers, register, answer, 1, told.Length - 1);
        }
        else
        {
            Array.Copy(told, 1, _registers, register, told.Length - 1);
        }

        return answer;
    }
}
