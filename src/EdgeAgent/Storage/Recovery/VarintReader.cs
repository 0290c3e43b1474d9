namespace EdgeAgent.Storage.Recovery;

/// <summary>SQLite's variable-length integers: seven bits a byte, the highest first, the ninth byte whole.</summary>
internal struct VarintReader(byte[] data, int position)
{
    public int Position { get; private set; } = position;

    public bool TryRead(out long value)
    {
        value = 0;
        for (var i = 0; i < 9; i++)
        {
            if (Position >= data.Length)
            {
                return false;
            }

            var b = data[Position++];
            if (i == 8)
            {
                value = (value << 8) | b;
                return true;
            }

            value = (value << 7) | (long)(b & 0x7F);
            if (b < 0x80)
            {
                return true;
            }
        }

        return true;
    }
}
