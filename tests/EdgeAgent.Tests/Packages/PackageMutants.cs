namespace EdgeAgent.Tests.Packages;

/// <summary>Bytes that are almost right: flipped, cut, doubled, moved, or with a number at the edge of its range.</summary>
internal static class PackageMutants
{
    private static readonly byte[][] Edges =
    [
        [0], [0xFF], [0x7F], [0x80], [0, 0], [0xFF, 0xFF], [0xFF, 0x7F], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [1, 0, 0, 0], "PK\x01\x02"u8.ToArray(),
        "PK\x03\x04"u8.ToArray(), "PK\x05\x06"u8.ToArray(), "null"u8.ToArray(), "[]"u8.ToArray(), "{}"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "\"\""u8.ToArray(), "../"u8.ToArray(), "\\u0000"u8.ToArray(),
    ];

    public static byte[] Of(byte[] honest, Random random)
    {
        var bytes = new List<byte>(honest);
        for (var changes = 1 + random.Next(3); changes > 0 && bytes.Count > 0; changes--)
        {
            Change(bytes, random);
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        // Half of the changes hit the directory and the end, where an archive is decided.
        var at = random.Next(2) == 0 ? random.Next(bytes.Count) : Math.Max(0, bytes.Count - 1 - random.Next(600));
        var length = Math.Min(1 + random.Next(32), bytes.Count - at);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                var moved = bytes.GetRange(at, length);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(random.Next(bytes.Count + 1), moved);
                break;
            case 4:
                var edge = Edges[random.Next(Edges.Length)];
                for (var i = 0; i < edge.Length && at + i < bytes.Count; i++)
                {
                    bytes[at + i] = edge[i];
                }

                break;
            default:
                bytes.InsertRange(at, Edges[random.Next(Edges.Length)]);
                break;
        }
    }
}
