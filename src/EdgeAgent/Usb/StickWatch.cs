using Microsoft.Extensions.Logging;

namespace EdgeAgent.Usb;

/// <summary>
/// For devices where something else mounts sticks: looks every two seconds for a folder <c>NAME/edgeagent</c> below the
/// watched paths. What it looks like twice in a row is taken once; so a file that somebody is still writing is left to
/// grow, and a stick that stays plugged in is no work.
/// </summary>
/// <param name="watched">The folders that sticks are mounted in; one that is not there is empty.</param>
internal sealed class StickWatch(IReadOnlyList<string> watched, string dataDirectory, TimeProvider time, ILogger<StickWatch> log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private Dictionary<string, StickLook> _before = [];

    /// <summary>Runs until it is stopped. A copy that is under way then leaves nothing.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (watched.Count == 0)
        {
            return;
        }

        // Reading a stick may block for as long as it likes, so not on the caller's thread.
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                Look(stop);
            }
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    /// <summary>One round.</summary>
    /// <exception cref="OperationCanceledException">Stopped on the way.</exception>
    internal void Look(CancellationToken stop)
    {
        var now = new Dictionary<string, StickLook>();
        foreach (var mount in watched.SelectMany(Mounts))
        {
            var contents = Contents(mount);
            var before = _before.GetValueOrDefault(mount);
            var settled = contents == before?.Contents;
            now[mount] = new StickLook(contents, Taken: settled && contents.Length > 0);
            if (settled && contents.Length > 0 && !before!.Taken)
            {
                Take(mount, stop);
            }
        }

        _before = now;
    }

    private void Take(string mount, CancellationToken stop)
    {
        try
        {
            foreach (var report in StickIntake.Into(dataDirectory).Take(mount, stop))
            {
                if (report.IsFailure)
                {
                    UsbLog.NotTaken(log, mount, report.ToString());
                }
                else
                {
                    UsbLog.Seen(log, mount, report.ToString());
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            UsbLog.NotTaken(log, mount, e.Message);
        }
    }

    private static IEnumerable<string> Mounts(string path)
    {
        try
        {
            return Directory.GetDirectories(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing is mounted there, or nothing for this user.
            return [];
        }
    }

    /// <summary>Names, sizes and times of what ends like a package; empty where there is nothing.</summary>
    private static string Contents(string mount)
    {
        try
        {
            using var stick = StickFolder.TryOpen(mount);
            return stick is null ? "" : stick.Look(new IntakeLimits().Entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Pulled while it was looked at.
            return "";
        }
    }

    private sealed record StickLook(string Contents, bool Taken);
}
