using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Detection;

/// <summary>Says what each channel shows in the window that decided, in the words of <see cref="Evidence"/> version 1.</summary>
public sealed class EvidenceBuilder(SlotMap map, IReadOnlyList<Channel> channels, int samples, double rateHz)
{
    /// <summary>"The last ten seconds" of the evidence vocabulary.</summary>
    private const double RecentSeconds = 10;

    /// <summary>A slope that moves a channel by more than this within ten seconds is a trend.</summary>
    private const double TrendSigma = 1;

    private readonly int _recent = Math.Clamp((int)Math.Round(RecentSeconds * rateHz), 2, Math.Max(2, samples));

    /// <summary>Evidence of every present channel, the largest deviation first.</summary>
    public IReadOnlyList<Evidence> Build(WindowAssembler window, IWindowScorer scorer, OnsetTracker onsets, TimeSpan now)
    {
        var evidence = new List<Evidence>(map.Slots.Count);
        for (var slot = 0; slot < map.Slots.Count; slot++)
        {
            if (window.Present[slot] > 0)
            {
                evidence.Add(Describe(slot, window.Window, scorer, onsets.SecondsSince(slot, now)));
            }
        }

        return [.. evidence.OrderByDescending(item => Math.Abs(item.DeviationSigma))];
    }

    private Evidence Describe(int slot, ReadOnlySpan<float> window, IWindowScorer scorer, int? onset)
    {
        var channel = channels[map.Channels[slot]];
        double baseline = scorer.NormalLevel[slot];
        var sigma = Math.Max(scorer.Sigma[slot], 1e-12);
        var (mean, slopePerSample) = Line(window, slot);
        var movement = slopePerSample * (_recent - 1) / sigma;
        var trend = movement > TrendSigma ? "rising" : movement < -TrendSigma ? "falling" : "steady";
        return new Evidence(
            channel.Name, channel.Role, channel.Unit, "mean", Round(mean), Round(baseline), Math.Round((mean - baseline) / sigma, 2), trend, onset);
    }

    /// <summary>Least-squares line through the recent samples of one slot: its mean and its slope.</summary>
    private (double Mean, double Slope) Line(ReadOnlySpan<float> window, int slot)
    {
        var slots = map.Slots.Count;
        double sum = 0, moment = 0, spread = 0;
        var centre = (_recent - 1) / 2.0;
        for (var i = 0; i < _recent; i++)
        {
            double value = window[((samples - _recent + i) * slots) + slot];
            sum += value;
            moment += (i - centre) * value;
            spread += (i - centre) * (i - centre);
        }

        return (sum / _recent, moment / spread);
    }

    /// <summary>Float32 readings carry about seven digits; the rest is noise of the conversion.</summary>
    private static double Round(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(6 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 12));
}
