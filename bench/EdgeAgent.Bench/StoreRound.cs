using System.Diagnostics;
using EdgeAgent.Storage;

namespace EdgeAgent.Bench;

/// <summary>How fast some records were stored, and what that wrote to the disk.</summary>
/// <param name="WrittenPerRecord">null where the kernel does not tell.</param>
internal readonly record struct StoreRound(double PerSecond, double? WrittenPerRecord)
{
    public static StoreRound Of(int records, Action work) => OfAsync(records, () =>
    {
        work();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    public static async Task<StoreRound> OfAsync(int records, Func<Task> work)
    {
        var before = WrittenBytes.Read();
        var started = Stopwatch.GetTimestamp();
        await work().ConfigureAwait(false);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new StoreRound(records / seconds, (double?)(WrittenBytes.Read() - before) / records);
    }
}
