namespace EdgeAgent.Usb;

/// <summary>What the agent has said so far about the packages of a stick.</summary>
internal sealed class StickVerdicts(string dataDirectory, StickNote note, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Each file of the stick with its verdict; null where there is none yet, or will never be one.</summary>
    public IReadOnlyList<(IntakeReport Report, JudgedPackage? Verdict)> Now() => [.. note.Reports.Select(report => (report, Find(report)))];

    /// <summary>Waits until every package that was handed over has its verdict.</summary>
    /// <returns>False: some have none after this time, because the agent does not run or has much to do.</returns>
    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken stop)
    {
        var begin = time.GetTimestamp();
        while (Now().Any(line => line.Report.IsHandedOver && line.Verdict is null))
        {
            if (time.GetElapsedTime(begin) >= patience)
            {
                return false;
            }

            await Task.Delay(Pause, time, stop).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>The verdict of that very file: another one may have had the same name.</summary>
    private JudgedPackage? Find(IntakeReport report) =>
        report.Incoming is { } name && JudgedPackages.TryRead(Path.Combine(JudgedPackages.FolderIn(dataDirectory), $"{name}.json")) is { } verdict
        && verdict.Sha256 == report.Sha256 && (report.Verdict == IntakeVerdict.Known || verdict.At >= note.At) ? verdict : null;
}
