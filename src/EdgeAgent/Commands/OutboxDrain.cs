using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Commands;

/// <summary>`outbox drain`: file first, fsync, then the deletion, so that a record is in one of the two at every moment.</summary>
internal static class OutboxDrain
{
    private const int AtOnce = 500;

    public static async Task<int> RunAsync(string folder, string file)
    {
        var path = DataDirectory.OutboxIn(folder);
        if (!File.Exists(path))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{path}: no outbox here; name the agent's folder with --data-dir").ConfigureAwait(false);
        }

        if (File.Exists(file))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--to: {file} exists; name a file that does not").ConfigureAwait(false);
        }

        using var taken = DataDirectory.TryTake(folder, out var problem);
        if (taken is null)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, problem!).ConfigureAwait(false);
        }

        try
        {
            using var outbox = new Outbox(path);
            var until = Write(outbox, file);
            var drained = outbox.Drain(until);
            await Console.Out.WriteLineAsync($"{drained} records moved to {file}").ConfigureAwait(false);
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is SqliteException or InvalidDataException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"{path}: {e.Message}; what {file} holds may still be in the outbox").ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"--to: {file} cannot be written: {e.Message}; nothing was taken out").ConfigureAwait(false);
        }
    }

    /// <returns>The last position that is in the file.</returns>
    private static long Write(Outbox outbox, string file)
    {
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        long position = 0;
        while (outbox.ReadAfter(position, AtOnce) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                stream.Write(record.Body);
                stream.WriteByte((byte)'\n');
            }

            position = records[^1].Position;
        }

        DurableFile.Sync(stream);
        DurableFile.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return position;
    }
}
