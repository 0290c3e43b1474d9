using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeAgent.Storage.Recovery;

/// <summary>Finds out whether a database is sound before anything is written to it.</summary>
internal static class DatabaseInspection
{
    /// <summary>A large file on a slow card is not read to its end: what was not looked at is found when it is read.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    /// <summary>For files that no decision waits in: together they must not keep the agent from its first decision.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks at the bytes alone, because SQLite itself leaves a broken log out without a word.</summary>
    /// <param name="isKnown">Whether a file may have this schema version and application id.</param>
    /// <returns>What is wrong; null if nothing is, or there is no file.</returns>
    public static string? OfBytes(string path, Func<uint, uint, bool> isKnown)
    {
        // With a rollback journal beside it, the file was being made: SQLite undoes that first.
        if (!File.Exists(path) || new FileInfo(path).Length == 0 || File.Exists(path + "-journal"))
        {
            return null;
        }

        using var pages = new DatabasePages(path);
        return pages.LogIsBroken ? "the write-ahead log is broken" : OfHeader(pages.Page(1), isKnown);
    }

    /// <returns>What is wrong; null if nothing is, or time was up.</returns>
    public static string? OfContent(SqliteConnection connection, bool quickly = false)
    {
        using var limit = new Timer(_ => raw.sqlite3_interrupt(connection.Handle), null, quickly ? Short : Long, Timeout.InfiniteTimeSpan);
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
    private static string? OfHeader(byte[] page, Func<uint, uint, bool> isKnown)
    {
        var fixedFields = page.AsSpan(0, 16).SequenceEqual("SQLite format 3\0"u8) && page[16] == 0x10 && page[17] == 0
            && page[18] is 1 or 2 && page[19] is 1 or 2 && page[20] == 0 && page[21] == 64 && page[22] == 32 && page[23] == 32
            && Word(page, 44) is 0 or 4 && Word(page, 52) == 0 && Word(page, 56) is 0 or 1 && Word(page, 64) == 0;
        return isKnown(Word(page, 60), Word(page, 68)) && fixedFields ? null : "the header is damaged";
    }

    private static uint Word(byte[] page, int at) => BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(at));
}
