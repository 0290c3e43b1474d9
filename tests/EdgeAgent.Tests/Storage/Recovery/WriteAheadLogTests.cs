using System.Buffers.Binary;
using EdgeAgent.Storage;
using EdgeAgent.Storage.Recovery;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Tests.Storage.Recovery;

/// <summary>Logs that SQLite wrote, as a kill or a damaged disk leaves them: what is told apart, and what is not taken for damage.</summary>
public sealed class WriteAheadLogTests : IDisposable
{
    private const int HeaderBytes = 32;
    private const int FrameBytes = 24 + DatabasePages.PageSize;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteConnection _connection;

    public WriteAheadLogTests()
    {
        _connection = OutboxDatabase.Open(Path.Combine(_folder.Path, "outbox.db"));

        // A long log, then a short one over it.
        Write(200);
        Assert.True(SqliteFile.TryBeginLogAnew(_connection));
        Write(3);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_an_earlier_log_left_behind_is_no_damage_however_near_its_salts_happen_to_be()
    {
        var log = Log();
        var (own, all) = (OwnFrames(log), (log.Length - HeaderBytes) / FrameBytes);
        Assert.InRange(own, 3, all - 100);
        for (var frame = own; frame < all; frame++)
        {
            // One less, as the log before has it; and a number that differs in one bit, as one in many logs has it.
            var salts = log.AsSpan(HeaderBytes + (frame * FrameBytes) + 8, 8);
            BinaryPrimitives.WriteUInt32BigEndian(salts, BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(16)) - 1);
            BinaryPrimitives.WriteUInt32BigEndian(salts[4..], BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(20)) ^ 1);
        }

        Assert.Null(Inspect(log));
    }

    [Fact]
    public void A_kill_between_the_two_calls_that_write_the_last_frame_is_no_damage()
    {
        var before = Log();
        Write(1);
        var torn = Log();
        var last = HeaderBytes + ((OwnFrames(torn) - 1) * FrameBytes) + 24;
        before.AsSpan(last, DatabasePages.PageSize).CopyTo(torn.AsSpan(last));

        Assert.Null(Inspect(torn));

        // Nor is one in the middle of the second call.
        Log().AsSpan(last, 1234).CopyTo(torn.AsSpan(last));
        Assert.Null(Inspect(torn));
    }

    [Fact]
    public void A_flipped_bit_in_the_last_transaction_is_damage_wherever_it_is()
    {
        var sound = Log();
        Assert.Null(Inspect(sound));
        var random = new Random(7);
        var last = HeaderBytes + ((OwnFrames(sound) - 1) * FrameBytes);
        for (var i = 0; i < 300; i++)
        {
            // Every byte of its header, and some of its page.
            var at = last + (i < 24 ? i : random.Next(24, FrameBytes));
            var bit = (byte)(1 << random.Next(8));
            sound[at] ^= bit;
            Assert.True(Inspect(sound) is not null, $"bit {bit} of byte {at - last} of the frame");
            sound[at] ^= bit;
        }
    }

    private static int OwnFrames(byte[] log)
    {
        var own = 0;
        while (log.AsSpan(HeaderBytes + (own * FrameBytes) + 8, 8).SequenceEqual(log.AsSpan(16, 8)))
        {
            own++;
        }

        return own;
    }

    private void Write(int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            SqliteFile.Run(_connection, "INSERT OR REPLACE INTO dead_letter (position, id, kind, reason, size, body) SELECT COALESCE(MAX(position), 0) + 1, 'a', 'b', 1, 300, randomblob(300) FROM dead_letter");
        }
    }

    private byte[] Log() => File.ReadAllBytes(Path.Combine(_folder.Path, "outbox.db-wal"));

    /// <summary>What the agent says of the database beside this log.</summary>
    private string? Inspect(byte[] log)
    {
        var copy = Path.Combine(_folder.Path, "copy.db");
        File.Copy(Path.Combine(_folder.Path, "outbox.db"), copy, overwrite: true);
        File.WriteAllBytes(copy + "-wal", log);
        return DatabaseInspection.OfBytes(copy, OutboxDatabase.IsKnown);
    }
}
