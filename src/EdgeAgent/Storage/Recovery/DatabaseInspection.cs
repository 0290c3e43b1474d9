using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeAgent.Storage.Recovery;

/// <summary>Finds out whether a database is sound before anything is written to it.</summary>
internal static class DatabaseInspection
{
    /// <summary>A large file on a slow card is not read to its end: what was not looked at is found when it is read.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1);

    /// <summary>Looks at the bytes alone, because SQLite itself leaves a broken log out without a word.</summary>
    /// <returns>What is wrong; null if nothing is, or there is no file.</returns>
    public static string? OfBytes(string path)
    {
        // With a rollback journal beside it, the file was being made: SQLite undoes that first.
        if (!File.Exists(path) || new FileInfo(path).Length == 0 || File.Exists(path + "-journal"))
        {
            return null;
        }

        using var pages = new DatabasePages(path);
        return pages.LogIsBroken ? "the write-ahead log is broken" : OfHeader(pages.Page(1));
    }

    /// <returns>What is wrong; null if nothing is, or time was up.</returns>
    public static string? OfContent(SqliteConnection connection)
    {
        using var limit = new Timer(_ => raw.sqlite3_interrupt(connection.Handle), null, AtMost, Timeout.InfiniteTimeSpan);
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check(1)";
            return command.ExecuteScalar() is string and not "ok" and var wrong ? wrong.ReplaceLineEndings(" ") : null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteCodes.Interrupt)
        {
            return null;
        }
    }

    /// <summary>Fields of the first page that this file can only have one way; some make SQLite refuse the file for ever.</summary>
    private static string? OfHeader(byte[] page)
    {
        var version = Word(page, 60);
        var mark = Word(page, 68);
        var known = (version <= 1 && mark == 0) || mark == OutboxDatabase.Mark + version;
        var fixedFields = page.AsSpan(0, 16).SequenceEqual("SQLite format 3\0"u8) && page[16] == 0x10 && page[17] == 0
            && page[18] is 1 or 2 && page[19] is 1 or 2 && page[20] == 0 && page[21] == 64 && page[22] == 32 && page[23] == 32
            && Word(page, 44) is 0 or 4 && Word(page, 52) == 0 && Word(page, 56) is 0 or 1 && Word(page, 64) == 0;
        return known && fixedFields ? null : "the header is damaged";
    }

    private static uint Word(byte[] page, int at) => BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(at));
}
