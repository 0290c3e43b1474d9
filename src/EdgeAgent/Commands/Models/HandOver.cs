using System.Globalization;
using EdgeAgent.Packages;
using EdgeAgent.Storage;

namespace EdgeAgent.Commands.Models;

/// <summary>Hands a package file to the agent that runs, and waits for its word.</summary>
internal static class HandOver
{
    /// <summary>Longer than the agent takes for a proof.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    /// <param name="folder">The data directory.</param>
    public static async Task<int> RunAsync(string file, string folder, OperatorWord word, bool json, CancellationToken stop)
    {
        if (word != OperatorWord.None)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, "--allow-older and --again: an agent runs; they are allowed only while none does").ConfigureAwait(false);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{Plain(file)}-{Guid.CreateVersion7():N}{IncomingFolder.Ending}");
        try
        {
            await DropAsync(file, IncomingFolder.PathIn(folder), name, stop).ConfigureAwait(false);
            return await WaitAsync(new OutcomeFolder(folder), file, name, stop).ConfigureAwait(false) is not { } outcome
                ? await SharedOptions.FailAsync(ExitCodes.Failed, $"{file}: no word from the agent within {Patience.TotalMinutes:0} min; the package is taken when its turn comes").ConfigureAwait(false)
                : await TellAsync(file, outcome, json).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"{file}: not handed to the agent: {e.Message}").ConfigureAwait(false);
        }
    }

    /// <summary>The file has its name only when it is complete.</summary>
    private static async Task DropAsync(string file, string incoming, string name, CancellationToken stop)
    {
        var unfinished = Path.Combine(incoming, $".{name}.part");
        try
        {
            await using (var from = File.OpenRead(file))
            await using (var to = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await from.CopyToAsync(to, stop).ConfigureAwait(false);
                DurableFile.Sync(to);
            }

            File.Move(unfinished, Path.Combine(incoming, name));
            DurableFile.SyncDirectory(incoming);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static async Task<PackageOutcome?> WaitAsync(OutcomeFolder outcomes, string file, string name, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(Patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        using var timer = new PeriodicTimer(LookAgain);
        try
        {
            do
            {
                if (outcomes.TryRead(name, out var outcome))
                {
                    return outcome;
                }
            }
            while (await timer.WaitForNextTickAsync(both.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            // Told by the caller.
        }

        return null;
    }

    private static async Task<int> TellAsync(string file, PackageOutcome outcome, bool json)
    {
        if (json)
        {
            var report = new PackageReport(outcome.Result, outcome.Name, outcome.Version, outcome.Sequence, Kind: null, outcome.Sha256, KeyId: null, outcome.IsRefusal ? outcome.Reason : null, SelfTestMs: null);
            await Console.Out.WriteLineAsync(report.ToJson()).ConfigureAwait(false);
        }

        if (outcome.IsRefusal)
        {
            return await SharedOptions.FailAsync(ExitCodes.PackageRefused, $"{file}: {outcome.Result}: {outcome.Reason}").ConfigureAwait(false);
        }

        if (!json)
        {
            await Console.Out.WriteLineAsync($"{outcome.Name} {outcome.Version}: {outcome.Result}: {outcome.Reason}").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    /// <summary>The file's name as far as the agent takes it.</summary>
    private static string Plain(string file)
    {
        const int Longest = 48;
        var letters = Path.GetFileNameWithoutExtension(file).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_');
        return "p-" + string.Concat(letters.Take(Longest));
    }
}
