using System.Buffers.Binary;

namespace EdgeAgent.Tests.Packages;

/// <summary>A ZIP archive written byte by byte, so that every lie can be told.</summary>
internal sealed class ForgedArchive(IEnumerable<ForgedEntry> entries)
{
    public List<ForgedEntry> Entries { get; } = [.. entries];

    public byte[] Before { get; init; } = [];

    public byte[] BeforeDirectory { get; init; } = [];

    public byte[] BeforeEnd { get; init; } = [];

    public byte[] After { get; init; } = [];

    /// <summary>The directory's headers as they would be written, to be reordered, repeated or left out.</summary>
    public Func<IReadOnlyList<byte[]>, IEnumerable<byte[]>> TouchDirectory { get; init; } = headers => headers;

    public Action<byte[]> TouchEnd { get; init; } = _ => { };

    public byte[] Build()
    {
        var archive = new List<byte>(Before);
        var headers = new List<byte[]>();
        foreach (var entry in Entries)
        {
            headers.Add(entry.Central(archive.Count));
            archive.AddRange(entry.Local());
        }

        archive.AddRange(BeforeDirectory);
        var offset = archive.Count;
        byte[][] told = [.. TouchDirectory(headers)];
        archive.AddRange(told.SelectMany(header => header));
        var size = archive.Count - offset;
        archive.AddRange(BeforeEnd);
        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteInt16LittleEndian(end.AsSpan(8), (short)told.Length);
        BinaryPrimitives.WriteInt16LittleEndian(end.AsSpan(10), (short)told.Length);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), size);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), offset);
        TouchEnd(end);
        return [.. archive, .. end, .. After];
    }
}
