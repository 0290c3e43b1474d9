using System.Globalization;
using System.Numerics;
using System.Text;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>
/// <c>outbox.seq</c>: a number that no sequence number was ever above, kept outside the database, so that also after a loss of the
/// database none is used twice. Written once in <see cref="Block"/> decisions.
/// </summary>
internal sealed class SequenceReserve(string path)
{
    public const long Block = 1024;

    /// <summary>0 if there is no file or it is damaged.</summary>
    public long Reserved { get; private set; } = Read(path);

    /// <summary>Whether a database's last number can be right.</summary>
    public bool Fits(long seq) => Reserved == 0 || (seq <= Reserved && seq >= Reserved - (2 * Block));

    /// <summary>Makes sure that a number is covered, on the disk, before it is used.</summary>
    /// <exception cref="SqliteException">The disk is full, read-only or broken, told in the way of the database beside it.</exception>
    public void Cover(long seq)
    {
        if (seq <= Reserved)
        {
            return;
        }

        try
        {
            var text = (seq + Block).ToString(CultureInfo.InvariantCulture);
            DurableFile.Replace(path, Encoding.ASCII.GetBytes($"{text} {Check(text)}\n"));
            Reserved = seq + Block;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SqliteException($"{path} cannot be written: {e.Message}", SqliteCodes.Full);
        }
    }

    private static long Read(string path)
    {
        try
        {
            return File.Exists(path) && File.ReadAllText(path).TrimEnd('\n').Split(' ') is [var text, var check] && check == Check(text)
                ? long.Parse(text, CultureInfo.InvariantCulture)
                : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SqliteException($"{path} cannot be read: {e.Message}", SqliteCodes.ReadOnly);
        }
    }

    private static string Check(string text)
    {
        var crc = ~0u;
        foreach (var c in text)
        {
            crc = BitOperations.Crc32C(crc, (byte)c);
        }

        return (~crc).ToString("x8", CultureInfo.InvariantCulture);
    }
}
