using System.Buffers.Binary;

namespace EdgeAgent.Storage.Recovery;

/// <summary>
/// The frames of a write-ahead log, each judged by itself:
/// <code>
///  header 32: magic, version, page size, number, salt 1, salt 2, checksum 1, 2
///  frame  24: page, database size (commit) or 0, salt 1, salt 2, checksum 1, 2   then the page
/// </code>
/// A frame's checksum goes on from that of the frame before. SQLite stops at the first that is wrong; here the next frame is
/// judged from what the wrong one says, so that one flipped bit costs one frame.
/// </summary>
internal sealed class WalFrames : IDisposable
{
    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;
    private const int FrameSize = FrameHeaderSize + DatabasePages.PageSize;
    private const uint Magic = 0x377F0682;

    private readonly FileStream? _file;

    public WalFrames(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (_file.Length >= HeaderSize + FrameSize)
        {
            Judge(_file);
        }
    }

    /// <summary>Frames whose checksum is right, with their pages, in the order in which they were written.</summary>
    public List<(int Frame, int Page)> Sound { get; } = [];

    /// <summary>Frames of this log whose checksum is wrong.</summary>
    public List<int> Broken { get; } = [];

    /// <summary>A transaction ends at or behind a wrong frame. It may have been acknowledged.</summary>
    public bool IsBroken { get; private set; }

    public byte[] Page(int frame)
    {
        var page = new byte[DatabasePages.PageSize];
        _ = RandomAccess.Read(_file!.SafeFileHandle, page, HeaderSize + ((long)frame * FrameSize) + FrameHeaderSize);
        return page;
    }

    public void Dispose() => _file?.Dispose();

    private void Judge(FileStream file)
    {
        var header = new byte[HeaderSize];
        _ = RandomAccess.Read(file.SafeFileHandle, header, 0);
        var bigEndian = (Word(header, 0) & 1) != 0;
        var sum = Checksum((0, 0), header.AsSpan(0, 24), bigEndian);
        var headerIsSound = (Word(header, 0) & ~1u) == Magic && sum == (Word(header, 24), Word(header, 28));
        var salts = header.AsSpan(16, 8).ToArray();
        var frame = new byte[FrameSize];
        var count = (int)((file.Length - HeaderSize) / FrameSize);
        for (var i = 0; i < count; i++)
        {
            _ = RandomAccess.Read(file.SafeFileHandle, frame, HeaderSize + ((long)i * FrameSize));
            if (i == 0 && !headerIsSound)
            {
                // The log is what its first frame says it is. It was written by the same machine.
                salts = frame.AsSpan(8, 8).ToArray();
                bigEndian = !BitConverter.IsLittleEndian;
                Broken.Add(i);
                IsBroken |= Word(frame, 4) != 0;
            }
            else if (!frame.AsSpan(8, 8).SequenceEqual(salts))
            {
                // Left from the log before, if nothing of this log follows; else the wrong frame itself.
            }
            else if (Checksum(Checksum(sum, frame.AsSpan(0, 8), bigEndian), frame.AsSpan(FrameHeaderSize), bigEndian) == (Word(frame, 16), Word(frame, 20)))
            {
                Sound.Add((i, (int)Word(frame, 0)));
                IsBroken |= Word(frame, 4) != 0 && Sound.Count <= i;
            }
            else
            {
                Broken.Add(i);
                IsBroken |= Word(frame, 4) != 0;
            }

            sum = (Word(frame, 16), Word(frame, 20));
        }

        DropUncommitted(file);
    }

    /// <summary>Sound frames behind the last commit belong to a transaction that never ended.</summary>
    private void DropUncommitted(FileStream file)
    {
        var header = new byte[FrameHeaderSize];
        while (Sound.Count > 0)
        {
            _ = RandomAccess.Read(file.SafeFileHandle, header, HeaderSize + ((long)Sound[^1].Frame * FrameSize));
            if (Word(header, 4) != 0 || Broken.Exists(broken => broken > Sound[^1].Frame))
            {
                return;
            }

            Sound.RemoveAt(Sound.Count - 1);
        }
    }

    private static (uint First, uint Second) Checksum((uint First, uint Second) sum, ReadOnlySpan<byte> data, bool bigEndian)
    {
        var (first, second) = sum;
        for (; data.Length >= 8; data = data[8..])
        {
            first += (bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(data) : BinaryPrimitives.ReadUInt32LittleEndian(data)) + second;
            second += (bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(data[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(data[4..])) + first;
        }

        return (first, second);
    }

    private static uint Word(byte[] data, int at) => BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at));
}
