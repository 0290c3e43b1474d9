using System.Threading.Channels;
using EdgeAgent.Core.Signals;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>The threads of one reading: started together, and waited for together.</summary>
/// <param name="rows">Ended with the exception of a thread that broke.</param>
internal sealed class SensorThreads(IReadOnlyList<SensorReader> readers, IRowMaker rowMaker, ChannelWriter<SensorFrame> rows, ILogger log)
{
    private readonly List<(string Name, Task Ended)> _running = [];

    public void Start()
    {
        foreach (var reader in readers)
        {
            Start(reader.Name, reader.Run);
        }

        Start("the rows", rowMaker.Run);
    }

    /// <summary>Waits for all, but not for ever.</summary>
    /// <returns>False when one is left behind.</returns>
    public async Task<bool> EndAsync(TimeSpan limit, TimeProvider time)
    {
        var enough = Task.Delay(limit, time, CancellationToken.None);
        await Task.WhenAny(Task.WhenAll(_running.Select(each => each.Ended)), enough).ConfigureAwait(false);
        foreach (var (name, _) in _running.Where(each => !each.Ended.IsCompleted))
        {
            HardwareLog.LeftBehind(log, name);
        }

        return _running.All(each => each.Ended.IsCompleted);
    }

    private void Start(string name, Action run)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(run, ended)) { IsBackground = true, Name = name };
        _running.Add((name, ended.Task));
        thread.Start();
    }

    // What an adapter did not foresee is a bug; it ends the source, which says so, instead of the process.
    private void Run(Action run, TaskCompletionSource ended)
    {
        try
        {
            run();
        }
        catch (Exception e)
        {
            rows.TryComplete(e);
        }
        finally
        {
            ended.SetResult();
        }
    }
}
