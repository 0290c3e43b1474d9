using System.Buffers.Binary;

namespace EdgeAgent.Storage.Recovery;

/// <summary>
/// The records on one page, whatever the rest of the file looks like:
/// <code>
///  page:  type (13 table leaf, 10 and 2 tables without row ids), free block, cells (2), …, from 8 on (type 2: 12) the offsets of the cells
///  cell:  (type 2: a child,) payload size, (type 13: row id,) payload, and where it is longer than fits: the first overflow page
/// </code>
/// </summary>
internal static class PageCells
{
    private const int Usable = DatabasePages.PageSize;
    private const int LongestPayload = 16 << 20;

    /// <summary>Of a table with row ids. The type is not asked for: it may be what was damaged.</summary>
    /// <param name="least">Shorter payloads are none.</param>
    public static IEnumerable<CarvedCell> OfTable(DatabasePages pages, byte[] page, int least)
    {
        foreach (var at in Offsets(page, 8))
        {
            var reader = new VarintReader(page, at);
            if (reader.TryRead(out var size) && reader.TryRead(out var rowId) && size >= least && Payload(pages, page, reader.Position, size, Usable - 35) is { } payload)
            {
                yield return new CarvedCell(rowId, payload);
            }
        }
    }

    /// <summary>Of a table without row ids.</summary>
    public static IEnumerable<CarvedCell> OfIndex(DatabasePages pages, byte[] page)
    {
        if (page[0] is not (10 or 2))
        {
            yield break;
        }

        var child = page[0] == 2 ? 4 : 0;
        foreach (var at in Offsets(page, 8 + child))
        {
            var reader = new VarintReader(page, at + child);
            if (reader.TryRead(out var size) && size > 0 && Payload(pages, page, reader.Position, size, ((Usable - 12) * 64 / 255) - 23) is { } payload)
            {
                yield return new CarvedCell(0, payload);
            }
        }
    }

    private static IEnumerable<int> Offsets(byte[] page, int from)
    {
        var cells = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(3)), (Usable - from) / 2);
        for (var i = 0; i < cells; i++)
        {
            int at = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(from + (2 * i)));
            if (at is >= 8 and < Usable - 4)
            {
                yield return at;
            }
        }
    }

    /// <param name="most">Bytes of a payload that lie on the page itself if it fits; https://sqlite.org/fileformat2.html, section 1.6.</param>
    private static byte[]? Payload(DatabasePages pages, byte[] page, int at, long size, int most)
    {
        if (size > LongestPayload)
        {
            return null;
        }

        const int least = ((Usable - 12) * 32 / 255) - 23;
        var overflowing = least + (int)((size - least) % (Usable - 4));
        var local = size <= most ? (int)size : overflowing <= most ? overflowing : least;
        if (at + local > Usable)
        {
            return null;
        }

        var payload = new byte[size];
        page.AsSpan(at, local).CopyTo(payload);
        if (local == size)
        {
            return payload;
        }

        return at + local + 4 <= Usable && Follow(pages, BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(at + local)), payload, local) ? payload : null;
    }

    private static bool Follow(DatabasePages pages, uint next, byte[] payload, int filled)
    {
        while (filled < payload.Length)
        {
            if (next < 2 || next > pages.Count)
            {
                return false;
            }

            var overflow = pages.Page((int)next);
            var part = Math.Min(payload.Length - filled, Usable - 4);
            overflow.AsSpan(4, part).CopyTo(payload.AsSpan(filled));
            filled += part;
            next = BinaryPrimitives.ReadUInt32BigEndian(overflow);
        }

        return true;
    }
}
