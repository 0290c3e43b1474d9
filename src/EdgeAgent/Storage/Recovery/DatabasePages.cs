using System.Buffers.Binary;

namespace EdgeAgent.Storage.Recovery;

/// <summary>
/// The pages of a SQLite file as they are after its write-ahead log, read without SQLite, so that damage to one page costs that
/// page only. Formats: https://sqlite.org/fileformat2.html
/// </summary>
internal sealed class DatabasePages : IDisposable
{
    /// <summary>Set when the outbox makes the file, so that it is known also when the header is damaged.</summary>
    public const int PageSize = 4096;

    private readonly FileStream _file;
    private readonly WalFrames _log;
    private readonly Dictionary<int, WalFrame> _frameOfPage = [];

    /// <param name="asSqlite">Only what SQLite will use of a log that is broken: the state after a transaction, with all pages of one time.</param>
    public DatabasePages(string path, bool asSqlite = false)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _log = new WalFrames(path + "-wal");
        Count = (int)((_file.Length + PageSize - 1) / PageSize);
        foreach (var frame in asSqlite ? _log.Intact : _log.Sound)
        {
            _frameOfPage[frame.Page] = frame;
            Count = Math.Max(Count, frame.Page);
        }
    }

    public int Count { get; }

    /// <summary>Transactions in the log lie behind a place where it is broken: SQLite would leave them out without a word.</summary>
    public bool LogIsBroken => _log.IsBroken;

    /// <param name="number">From 1.</param>
    public byte[] Page(int number)
    {
        if (_frameOfPage.TryGetValue(number, out var frame))
        {
            return _log.Page(frame);
        }

        var page = new byte[PageSize];
        var offset = (long)(number - 1) * PageSize;
        for (var read = 0; read < PageSize;)
        {
            var more = RandomAccess.Read(_file.SafeFileHandle, page.AsSpan(read), offset + read);
            if (more == 0)
            {
                break;
            }

            read += more;
        }

        return page;
    }

    /// <summary>Pages in the log whose frame is broken: what is sound on them may be nowhere else.</summary>
    public IEnumerable<byte[]> BrokenPages() => _log.Broken.Select(_log.Page);

    /// <summary>A newer version of the page lies in a broken frame.</summary>
    public bool IsStale(int number) => _log.Broken.Any(frame => frame.Page == number && IsNewest(frame));

    /// <summary>Pages of the free list that no table points to; what lies there was deleted.</summary>
    public HashSet<int> FreePages()
    {
        var free = new HashSet<int>();
        var trunk = (int)BinaryPrimitives.ReadUInt32BigEndian(Page(1).AsSpan(32));
        while (trunk > 1 && trunk <= Count && free.Add(trunk))
        {
            var page = Page(trunk);
            var leaves = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(4)), (PageSize / 4) - 2);
            for (var i = 0; i < leaves; i++)
            {
                free.Add((int)BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(8 + (4 * i))));
            }

            trunk = (int)BinaryPrimitives.ReadUInt32BigEndian(page);
        }

        // A damaged free list may name pages that are in use.
        for (var number = 2; number <= Count && free.Count > 0; number++)
        {
            if (!free.Contains(number))
            {
                free.ExceptWith(ChildrenOf(Page(number)));
            }
        }

        return free;
    }

    public void Dispose()
    {
        _file.Dispose();
        _log.Dispose();
    }

    private bool IsNewest(WalFrame broken) => !_frameOfPage.TryGetValue(broken.Page, out var sound) || sound.Number < broken.Number;

    /// <summary>An interior page of a table: type 5, the rightmost child at 8, cells that start with a child.</summary>
    private static IEnumerable<int> ChildrenOf(byte[] page)
    {
        if (page[0] != 5)
        {
            yield break;
        }

        yield return (int)BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(8));
        var cells = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(3));
        for (var i = 0; i < cells && 12 + (2 * i) < PageSize - 1; i++)
        {
            var at = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(12 + (2 * i)));
            if (at <= PageSize - 4)
            {
                yield return (int)BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(at));
            }
        }
    }
}
