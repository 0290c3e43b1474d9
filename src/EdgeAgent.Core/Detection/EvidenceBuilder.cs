using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Detection;

/// <summary>
/// Says what each channel shows at the moment that decided, in the words of <see cref="Evidence"/>: the statistics that the
/// score graph measured, or the mean of the last ten seconds where the package declares none.
/// </summary>
internal sealed class EvidenceBuilder(SlotMap map, IReadOnlyList<Channel> channels, AnomalyContract contract, double rowRateHz)
{
    /// <summary>"The last ten seconds" of the evidence vocabulary.</summary>
    public const double RecentSeconds = 10;

    /// <summary>A slope that moves a statistic by more than this within ten seconds is a trend.</summary>
    private const double TrendSigma = 1;

    private readonly int _samples = contract.WindowSamples;
    private readonly int _recent = Math.Clamp((int)Math.Round(RecentSeconds * rowRateHz), 2, Math.Max(2, contract.WindowSamples));

    /// <summary>Windows that cover the last ten seconds.</summary>
    public static int HistoryWindows(AnomalyContract contract, double rowRateHz) =>
        Math.Clamp((int)Math.Round(RecentSeconds * rowRateHz / contract.HopSamples), 2, 256);

    /// <summary>Evidence of every present channel, the largest deviation first.</summary>
    public IReadOnlyList<Evidence> Build(WindowAssembler window, WatchedMode mode, TimeSpan now)
    {
        var evidence = new List<Evidence>(map.Slots.Count);
        for (var slot = 0; slot < map.Slots.Count; slot++)
        {
            if (window.Present[slot] == 0)
            {
                continue;
            }

            var onset = mode.Onsets.SecondsSince(slot, now);
            if (contract.Statistics is null)
            {
                evidence.Add(Level(slot, window.Window, mode.Scorer, onset));
            }
            else
            {
                evidence.AddRange(Measured(slot, contract.Statistics.Names, mode, onset));
            }
        }

        return [.. evidence.OrderByDescending(item => Math.Abs(item.DeviationSigma))];
    }

    private IEnumerable<Evidence> Measured(int slot, IReadOnlyList<string> names, WatchedMode mode, int? onset)
    {
        var channel = channels[map.Channels[slot]];
        for (var i = 0; i < names.Count; i++)
        {
            var at = (slot * names.Count) + i;
            var scorer = mode.Scorer;
            var sigma = Math.Max(scorer.StatisticSigma[at], 1e-12);
            yield return Item(
                channel, names[i], scorer.Statistics[at], scorer.StatisticCenter[at], sigma, mode.History!.Movement(at) / sigma, onset);
        }
    }

    private Evidence Level(int slot, ReadOnlySpan<float> window, IWindowScorer scorer, int? onset)
    {
        var sigma = Math.Max(scorer.Sigma[slot], 1e-12);
        var (mean, slopePerSample) = Line(window, slot);
        return Item(
            channels[map.Channels[slot]], EvidenceStatistics.Mean, mean, scorer.NormalLevel[slot], sigma, slopePerSample * (_recent - 1) / sigma, onset);
    }

    private static Evidence Item(
        Channel channel, string statistic, double value, double normal, double sigma, double movedSigma, int? onset) => new(
        channel.Name,
        channel.Role,
        EvidenceStatistics.UnitOf(statistic, channel.Unit),
        statistic,
        Round(value),
        Round(normal),
        Math.Round((value - normal) / sigma, 2),
        movedSigma > TrendSigma ? "rising" : movedSigma < -TrendSigma ? "falling" : "steady",
        onset);

    /// <summary>Least-squares line through the recent samples of one slot: its mean and its slope.</summary>
    private (double Mean, double Slope) Line(ReadOnlySpan<float> window, int slot)
    {
        var slots = map.Slots.Count;
        double sum = 0, moment = 0, spread = 0;
        var centre = (_recent - 1) / 2.0;
        for (var i = 0; i < _recent; i++)
        {
            double value = window[((_samples - _recent + i) * slots) + slot];
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
