namespace EdgeAgent.Inference.Packages;

/// <summary>
/// The fields of one protobuf message inside a file, without taking it apart further and without holding it in memory
/// (encoding: protobuf.dev/programming-guides/encoding).
/// </summary>
internal sealed class WireFields(FileStream file, long start, long end)
{
    private const int MostVarintBytes = 10;
    private long _next = start;

    /// <summary>The last field's number.</summary>
    public int Number { get; private set; }

    /// <summary>A varint's value, else 0.</summary>
    public ulong Value { get; private set; }

    /// <summary>Where a length-delimited field lies, else an empty stretch.</summary>
    public (long Start, long End) Body { get; private set; }

    /// <returns>False at the end of the message.</returns>
    /// <exception cref="InvalidDataException">No protobuf.</exception>
    public bool Read()
    {
        if (_next >= end)
        {
            return false;
        }

        file.Position = _next;
        var tag = Varint();
        (Number, Value, Body) = ((int)Math.Min(tag >> 3, int.MaxValue), 0, default);
        switch (tag & 7)
        {
            case 0:
                Value = Varint();
                break;
            case 1:
                _next += 8;
                break;
            case 2:
                var length = Varint();
                if (length > (ulong)(end - _next))
                {
                    throw new InvalidDataException($"a field at byte {_next} reaches beyond its message");
                }

                Body = (_next, _next + (long)length);
                _next += (long)length;
                break;
            case 5:
                _next += 4;
                break;
            default:
                throw new InvalidDataException($"byte {_next}: wire type {tag & 7}");
        }

        return _next <= end ? true : throw new InvalidDataException("a field reaches beyond its message");
    }

    /// <exception cref="InvalidDataException">Longer than <paramref name="most"/> bytes.</exception>
    public string Text(int most)
    {
        var length = Body.End - Body.Start;
        if (length > most)
        {
            throw new InvalidDataException($"a text of {length} bytes");
        }

        var bytes = new byte[length];
        file.Position = Body.Start;
        file.ReadExactly(bytes);
        return System.Text.Encoding.UTF8.GetString(bytes);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var i = 0; i < MostVarintBytes; i++)
        {
            var read = _next < end ? file.ReadByte() : -1;
            if (read < 0)
            {
                throw new InvalidDataException("cut off");
            }

            _next++;
            value |= (ulong)(read & 0x7F) << (7 * i);
            if (read < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException($"byte {_next}: no varint");
    }
}
