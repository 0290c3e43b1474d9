using System.Threading.Channels;
using EdgeAgent.Packages;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Swapping;

/// <summary>
/// Everything about swaps that may wait for a disk or a child process, one thing after the other:
/// <code>
///  incoming/NAME.eapkg ─▶ judged, proved ─▶ slot ─▶ candidate ─▶ WatchStage ─▶ (worse | ready) ─▶ slots.json ─▶ WatchStage swaps
/// </code>
/// The detect loop never waits for it.
/// </summary>
/// <param name="givenUp">Packages that this start of the agent went back from.</param>
/// <param name="items">Where decisions go.</param>
internal sealed partial class SwapLoop(
    SwapRules rules,
    SwapDisk disk,
    IncomingFolder incoming,
    ModelOpener opener,
    StageMail mail,
    SwapNotices notices,
    SwapSurroundings around,
    IReadOnlyList<GivenUp> givenUp,
    ChannelWriter<OutboxItem?> items,
    ILogger<SwapLoop> log)
{
    /// <summary>The folder is also looked at unasked: not every file system tells of changes.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _waiting = [];
    private PendingSwap? _pending;
    private ModelTicket? _probation;
    private Task<bool>? _coming;
    private string? _trouble;

    /// <summary>What became of a package that was handed over is known: whether it is taken. A handler must not block.</summary>
    public event Action<bool>? Judged;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await AttemptAsync(BeginAsync).ConfigureAwait(false);
            using var watcher = Watch();
            while (true)
            {
                await AttemptAsync(() => LookAsync(stop)).ConfigureAwait(false);
                await NextAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A stop: what is on the disk is complete, and the next start goes on from there.
        }
    }

    /// <summary>Handles what has come; returns when the folder is to be looked at.</summary>
    private async Task NextAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                // The one that a time-out left is waited for again.
                _coming ??= mail.Work.Reader.WaitToReadAsync(stop).AsTask();
                await _coming.WaitAsync(LookAgain, around.Time, stop).ConfigureAwait(false);
                _coming = null;
                mail.Work.Reader.TryRead(out var work);
                switch (work)
                {
                    case SwapWork.Look:
                        return;
                    case SwapWork.Happened { Event: var happened }:
                        await AttemptAsync(() => FollowAsync(happened, stop)).ConfigureAwait(false);
                        break;
                    case SwapWork.GoBack { Name: var name, Answer: var answer }:
                        await AttemptAsync(() => GoBackAsync(name, answer, stop)).ConfigureAwait(false);
                        break;
                }
            }
        }
        catch (TimeoutException)
        {
            // Nothing came: a good moment to look.
        }
    }

    /// <summary>Whatever goes wrong here costs a swap and never an alarm: the detect loop knows nothing of it.</summary>
    private async Task AttemptAsync(Func<Task> attempt)
    {
        try
        {
            await attempt().ConfigureAwait(false);
            _trouble = null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var trouble = OneLine.Of(e);
            if (trouble != _trouble)
            {
                SwapLog.Failing(log, trouble);
            }

            _trouble = trouble;
        }
    }
}
