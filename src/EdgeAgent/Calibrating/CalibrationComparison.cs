using System.Globalization;
using System.Text;
using EdgeAgent.Core.Detection;
using EdgeAgent.Storage;

namespace EdgeAgent.Calibrating;

/// <summary>What differs between two versions of a calibration.</summary>
internal sealed record CalibrationComparison(string A, string B, IReadOnlyList<ModeComparison> Modes)
{
    /// <param name="problem">Why the two cannot be compared.</param>
    public static CalibrationComparison? TryMake(StoredCalibration a, StoredCalibration b, out string? problem)
    {
        var (one, other) = (a.Calibration, b.Calibration);
        problem = one.Model != other.Model ? $"{a.Id} is for {Name(one)}, {b.Id} for {Name(other)}: their levels mean different things"
            : !one.Channels.SequenceEqual(other.Channels) ? $"{a.Id} and {b.Id} are for different channels"
            : null;
        if (problem is not null)
        {
            return null;
        }

        var olderIsA = string.CompareOrdinal(a.Id.PadLeft(9, '0'), b.Id.PadLeft(9, '0')) <= 0;
        var modes = one.Modes.Select(mode => mode.Mode).Union(other.Modes.Select(mode => mode.Mode))
            .Select(mode => Compare(mode, Find(one, mode), Find(other, mode), a, olderIsA));
        return new CalibrationComparison(a.Id, b.Id, [.. modes]);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var mode in Modes)
        {
            text.Append(mode.Mode is null ? "" : $"mode            {mode.Mode}{Environment.NewLine}");
            text.AppendLine(CultureInfo.InvariantCulture, $"threshold       {A}: {mode.ThresholdA:0.###}   {B}: {mode.ThresholdB:0.###}");
            text.AppendLine(CultureInfo.InvariantCulture, $"windows         {A}: {mode.WindowsA}   {B}: {mode.WindowsB}");
            foreach (var channel in mode.Channels)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{channel.Channel,-20}  level {channel.CenterA:G5} -> {channel.CenterB:G5}   sigma {channel.SigmaA:G3} -> {channel.SigmaB:G3}   shift {channel.ShiftSigma:+0.00;-0.00;0.00} sigma");
            }
        }

        return text.ToString().TrimEnd();
    }

    private static ModeCalibration? Find(Calibration calibration, string? mode) => calibration.Modes.FirstOrDefault(found => found.Mode == mode);

    private static string Name(Calibration calibration) => $"{calibration.Model.Name} {calibration.Model.Version}";

    private static ModeComparison Compare(string? mode, ModeCalibration? a, ModeCalibration? b, StoredCalibration named, bool olderIsA)
    {
        var channels = a is null || b is null ? [] : named.Calibration.Channels.Select((channel, slot) => (channel, slot))
            .Where(item => item.channel is not null)
            .Select(item =>
            {
                double centerA = a.Baseline[named.Center][item.slot], centerB = b.Baseline[named.Center][item.slot];
                double sigmaA = a.Baseline[named.Sigma][item.slot], sigmaB = b.Baseline[named.Sigma][item.slot];
                return new ChannelComparison(
                    item.channel!, centerA, centerB, sigmaA, sigmaB, (centerB - centerA) / Math.Max(olderIsA ? sigmaA : sigmaB, 1e-12));
            });
        return new ModeComparison(mode, a?.Threshold.Threshold, b?.Threshold.Threshold, a?.Windows, b?.Windows, [.. channels]);
    }
}

/// <param name="ThresholdA">null where that version does not know the mode.</param>
internal sealed record ModeComparison(
    string? Mode, double? ThresholdA, double? ThresholdB, int? WindowsA, int? WindowsB, IReadOnlyList<ChannelComparison> Channels);

/// <param name="ShiftSigma">From A to B, in standard deviations of the older one.</param>
internal sealed record ChannelComparison(string Channel, double CenterA, double CenterB, double SigmaA, double SigmaB, double ShiftSigma);
