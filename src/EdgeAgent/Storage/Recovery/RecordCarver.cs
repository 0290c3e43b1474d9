using System.Buffers.Binary;
using System.Text.Json;

namespace EdgeAgent.Storage.Recovery;

/// <summary>
/// Finds the outbox's rows on pages, whatever the rest of the file looks like: a row counts if its seal, its JSON and its id are right.
/// <code>
///  page:  type 13, free block, cells (2), …, then from 8 on the offsets of the cells
///  cell:  payload size, row id, payload, and where it is longer than fits: the number of the first overflow page
///  payload: header size, a type per column, the columns
/// </code>
/// </summary>
internal sealed class RecordCarver
{
    private const int Usable = DatabasePages.PageSize;
    private const int Columns = 13;
    private const int LongestPayload = 16 << 20;

    private readonly Dictionary<string, OutboxRow> _found = [];
    private readonly HashSet<string> _damaged = [];

    /// <summary>Sound rows, oldest first.</summary>
    public IReadOnlyList<OutboxRow> Rows => [.. _found.Values.OrderBy(row => row.Position)];

    /// <summary>Rows that were recognized, and are sound nowhere.</summary>
    public int Damaged => _damaged.Count(id => !_found.ContainsKey(id));

    public static RecordCarver Carve(string path)
    {
        var carver = new RecordCarver();
        using var pages = new DatabasePages(path);
        carver.Carve(pages);
        if (pages.LogIsBroken)
        {
            // A transaction that is there in part may have moved rows from a page that is there to one that is not.
            using var before = new DatabasePages(path, asSqlite: true);
            carver.Carve(before);
            foreach (var page in pages.BrokenPages())
            {
                carver.CarvePage(pages, page);
            }
        }

        return carver;
    }

    private void Carve(DatabasePages pages)
    {
        var free = pages.FreePages();
        for (var number = 2; number <= pages.Count; number++)
        {
            if (!free.Contains(number))
            {
                CarvePage(pages, pages.Page(number));
            }
        }
    }

    private void CarvePage(DatabasePages pages, byte[] page)
    {
        var cells = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(3)), (Usable - 8) / 2);
        for (var i = 0; i < cells; i++)
        {
            var at = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(8 + (2 * i)));
            if (at is >= 8 and < Usable - 4 && Payload(pages, page, at, out var rowId) is { } payload)
            {
                Take(payload, rowId);
            }
        }
    }

    private static byte[]? Payload(DatabasePages pages, byte[] page, int at, out long rowId)
    {
        rowId = 0;
        var reader = new VarintReader(page, at);
        if (!reader.TryRead(out var size) || !reader.TryRead(out rowId) || size is < Columns or > LongestPayload)
        {
            return null;
        }

        const int most = Usable - 35;
        const int least = ((Usable - 12) * 32 / 255) - 23;
        var overflowing = least + (int)((size - least) % (Usable - 4));
        var local = size <= most ? (int)size : overflowing <= most ? overflowing : least;
        if (reader.Position + local > Usable)
        {
            return null;
        }

        var payload = new byte[size];
        page.AsSpan(reader.Position, local).CopyTo(payload);
        if (local == size)
        {
            return payload;
        }

        if (reader.Position + local + 4 > Usable)
        {
            return null;
        }

        var next = BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(reader.Position + local));
        for (var filled = local; filled < size;)
        {
            if (next < 2 || next > pages.Count)
            {
                return null;
            }

            var overflow = pages.Page((int)next);
            var part = (int)Math.Min(size - filled, Usable - 4);
            overflow.AsSpan(4, part).CopyTo(payload.AsSpan(filled));
            filled += part;
            next = BinaryPrimitives.ReadUInt32BigEndian(overflow);
        }

        return payload;
    }

    private void Take(byte[] payload, long rowId)
    {
        if (RecordFields.TryRead(payload, Columns) is not { } fields || fields.Text(2) is not (OutboxRecord.DecisionKind or OutboxRecord.DiagnosisKind))
        {
            return;
        }

        if (fields is { } f && f.Text(1) is { } id && f.Text(4) is { } severity && f.Blob(12) is { } body)
        {
            var row = new OutboxRow(
                rowId, id, f.Text(2)!, f.Integer(3), severity, (int)(f.Integer(5) ?? 0), f.Text(6), f.Text(7), f.Integer(8) == 1, f.Integer(9) ?? 0, body);
            if (row.Seal() == f.Integer(11) && HasId(body, id))
            {
                _found.TryAdd(id, row);
                return;
            }
        }

        _damaged.Add(fields.Text(1) ?? $"row {rowId}");
    }

    private static bool HasId(byte[] body, string id)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("id", out var found) && found.ValueEquals(id);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
