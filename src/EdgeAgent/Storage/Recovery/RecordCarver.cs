using System.Text.Json;

namespace EdgeAgent.Storage.Recovery;

/// <summary>Finds the outbox's rows: a row counts if its seal, its JSON and its id are right.</summary>
internal sealed class RecordCarver
{
    private const int Columns = 13;

    private readonly Dictionary<string, OutboxRow> _found = [];
    private readonly HashSet<string> _damaged = [];

    /// <summary>Sound rows, oldest first.</summary>
    public IReadOnlyList<OutboxRow> Rows => [.. _found.Values.OrderBy(row => row.Position)];

    /// <summary>Rows that were recognized, and are sound nowhere.</summary>
    public int Damaged => _damaged.Count(id => !_found.ContainsKey(id));

    public static RecordCarver Carve(string path)
    {
        var carver = new RecordCarver();
        PageCarving.EachPage(path, sealedRows: true, (pages, page) =>
        {
            foreach (var (rowId, payload) in PageCells.OfTable(pages, page, Columns))
            {
                carver.Take(payload, rowId);
            }
        });
        return carver;
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
