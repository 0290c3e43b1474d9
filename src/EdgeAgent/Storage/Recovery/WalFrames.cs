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
    private readonly WalVerdict _verdict = WalVerdict.Empty;

    public WalFrames(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (_file.Length >= HeaderSize + FrameSize)
        {
            _verdict = WalVerdict.Of(Judge(_file));
        }
    }

    /// <summary>Frames whose checksum is right, with their pages, in the order in which they were written.</summary>
    public IReadOnlyList<WalFrame> Sound => _verdict.Sound;

    /// <summary>Those of them that SQLite will use: before the first wrong one, up to the end of a transaction.</summary>
    public IEnumerable<WalFrame> Intact => _verdict.Sound.Where(frame => frame.Number < _verdict.Intact);

    /// <summary>Frames of this log whose checksum is wrong.</summary>
    public IReadOnlyList<WalFrame> Broken => _verdict.Broken;

    /// <summary>A transaction ends at or behind a wrong frame. It may have been acknowledged.</summary>
    public bool IsBroken => _verdict.IsBroken;

    public byte[] Page(WalFrame frame)
    {
        var page = new byte[DatabasePages.PageSize];
        _ = RandomAccess.Read(_file!.SafeFileHandle, page, HeaderSize + ((long)frame.Number * FrameSize) + FrameHeaderSize);
        return page;
    }

    public void Dispose() => _file?.Dispose();

    private static List<WalFrame> Judge(FileStream file)
    {
        var header = new byte[HeaderSize];
        _ = RandomAccess.Read(file.SafeFileHandle, header, 0);
        var bigEndian = (Word(header, 0) & 1) != 0;
        var sum = WalChecksum.Of((0, 0), header.AsSpan(0, 24), bigEndian);
        var headerIsSound = (Word(header, 0) & ~1u) == Magic && sum == (Word(header, 24), Word(header, 28));
        var salts = BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(16));
        var bytes = new byte[FrameSize];
        var frames = new List<WalFrame>((int)((file.Length - HeaderSize) / FrameSize));
        for (var i = 0; i < frames.Capacity; i++)
        {
            _ = RandomAccess.Read(file.SafeFileHandle, bytes, HeaderSize + ((long)i * FrameSize));
            var sound = false;
            if (i == 0 && !headerIsSound)
            {
                // The log is what its first frame says it is. It was written by the same machine.
                salts = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8));
                bigEndian = !BitConverter.IsLittleEndian;
            }
            else
            {
                sound = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8)) == salts
                    && WalChecksum.Of(WalChecksum.Of(sum, bytes.AsSpan(0, 8), bigEndian), bytes.AsSpan(FrameHeaderSize), bigEndian) == (Word(bytes, 16), Word(bytes, 20));
            }

            var foreign = AreOfAnotherLog(BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8)), salts);
            var ends = Word(bytes, 4) != 0 || (!sound && !foreign && EndedBeforeOneBitFlipped(bytes, sum, bigEndian));
            var flipped = (i == 0 && !headerIsSound) || (!sound && !foreign && WalChecksum.IsOneBitOff(sum, bytes, bigEndian));
            frames.Add(new WalFrame(i, (int)Word(bytes, 0), ends, sound, foreign, flipped));
            sum = (Word(bytes, 16), Word(bytes, 20));
        }

        return frames;
    }

    /// <summary>
    /// Of the next log the first salt is one more and the second a random number, so both differ. How many bits differ says nothing: of
    /// 32 random ones, now and then only a few do.
    /// </summary>
    private static bool AreOfAnotherLog(ulong salts, ulong ours) => salts >> 32 != ours >> 32 && (uint)salts != (uint)ours;

    /// <summary>The number that marks the end of a transaction had one bit, and lost it.</summary>
    private static bool EndedBeforeOneBitFlipped(byte[] frame, (uint First, uint Second) sum, bool bigEndian)
    {
        var head = frame.AsSpan(0, 8).ToArray();
        for (var bit = 0; bit < 32; bit++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), 1u << bit);
            if (WalChecksum.Of(WalChecksum.Of(sum, head, bigEndian), frame.AsSpan(FrameHeaderSize), bigEndian) == (Word(frame, 16), Word(frame, 20)))
            {
                return true;
            }
        }

        return false;
    }

    private static uint Word(byte[] data, int at) => BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at));
}
