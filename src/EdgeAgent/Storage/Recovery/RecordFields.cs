using System.Text;

namespace EdgeAgent.Storage.Recovery;

/// <summary>One SQLite record taken apart; every offset lies inside it.</summary>
internal sealed class RecordFields
{
    private readonly byte[] _payload;
    private readonly (long Type, int At, int Length)[] _fields;

    private RecordFields(byte[] payload, (long Type, int At, int Length)[] fields)
    {
        _payload = payload;
        _fields = fields;
    }

    /// <returns>null if it is no record of so many columns.</returns>
    public static RecordFields? TryRead(byte[] payload, int columns)
    {
        var reader = new VarintReader(payload, 0);
        if (!reader.TryRead(out var headerSize) || headerSize < columns || headerSize > payload.Length)
        {
            return null;
        }

        var fields = new (long, int, int)[columns];
        var at = headerSize;
        for (var i = 0; i < columns; i++)
        {
            if (!reader.TryRead(out var type) || type < 0 || type is 10 or 11)
            {
                return null;
            }

            long length = type switch { <= 4 => type, 5 => 6, 6 or 7 => 8, 8 or 9 => 0, _ => (type - 12) / 2 };
            if (at + length > payload.Length)
            {
                return null;
            }

            fields[i] = (type, (int)at, (int)length);
            at += length;
        }

        return reader.Position == headerSize ? new RecordFields(payload, fields) : null;
    }

    public string? Text(int column) =>
        _fields[column] is { Type: >= 13 } field && field.Type % 2 == 1 ? Encoding.UTF8.GetString(_payload, field.At, field.Length) : null;

    public byte[]? Blob(int column) =>
        _fields[column] is { Type: >= 12 } field && field.Type % 2 == 0 ? _payload.AsSpan(field.At, field.Length).ToArray() : null;

    public long? Integer(int column)
    {
        var (type, at, length) = _fields[column];
        if (type is 8 or 9)
        {
            return type - 8;
        }

        if (type is < 1 or > 6)
        {
            return null;
        }

        long value = (sbyte)_payload[at];
        for (var i = 1; i < length; i++)
        {
            value = (value << 8) | _payload[at + i];
        }

        return value;
    }
}
