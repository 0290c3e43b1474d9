using System.Globalization;

namespace EdgeAgent.Bench;

/// <summary>
/// The point-wise score of the Skoltech Anomaly Benchmark's outlier board, summed over files, without point adjustment, and
/// beside it what happened before each fault's onset. Rows that calibrated do not count.
/// </summary>
internal sealed class SkabScore(int trainRows)
{
    private int _hits;
    private int _falseAlarms;
    private int _misses;
    private int _quiet;
    private int _falseBefore;
    private int _rowsBefore;
    private int _eventsBefore;
    private int _found;
    private readonly List<int> _delays = [];
    private readonly List<double> _slices = [];

    /// <summary>Percent of rows flagged in a healthy recording after its calibration.</summary>
    public double? HealthyLong { get; set; }

    public void AddHealthySlice(double percent) => _slices.Add(percent);

    /// <param name="alarm">One per row of the file.</param>
    public void Add(IReadOnlyList<bool> label, IReadOnlyList<bool> alarm)
    {
        for (var row = trainRows; row < label.Count; row++)
        {
            _hits += label[row] && alarm[row] ? 1 : 0;
            _misses += label[row] && !alarm[row] ? 1 : 0;
            _falseAlarms += !label[row] && alarm[row] ? 1 : 0;
            _quiet += !label[row] && !alarm[row] ? 1 : 0;
        }

        if (!label.Take(trainRows).Any(one => one))
        {
            AddOnset(label.Skip(trainRows).ToArray(), alarm.Skip(trainRows).ToArray());
        }
    }

    public static string Header =>
        $"{"",-44}{"F1",7}{"FAR %",7}{"MAR %",7}{"before onset %",16}{"alarms",8}{"found",7}{"delay",7}{"slices %",10}{"long %",8}";

    public string Line(string name)
    {
        var sorted = _delays.Order().ToArray();
        var delay = sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-44}{F1,7:F3}{Percent(_falseAlarms, _quiet),7:F1}{Percent(_misses, _hits),7:F1}{Percent(_falseBefore, _rowsBefore - _falseBefore),16:F1}{_eventsBefore,8}{_found,7}{delay,7:F1}{_slices.DefaultIfEmpty(double.NaN).Average(),10:F1}{HealthyLong,8:F2}");
    }

    private double F1 => _hits / Math.Max(1, _hits + ((_falseAlarms + _misses) / 2.0));

    private void AddOnset(bool[] label, bool[] alarm)
    {
        var onset = Array.IndexOf(label, true);
        if (onset < 0)
        {
            return;
        }

        _rowsBefore += onset;
        for (var row = 0; row < onset; row++)
        {
            _falseBefore += alarm[row] ? 1 : 0;
            _eventsBefore += alarm[row] && (row == 0 || !alarm[row - 1]) ? 1 : 0;
        }

        var first = Enumerable.Range(onset, label.Length - onset).FirstOrDefault(row => label[row] && alarm[row], -1);
        if (first >= 0)
        {
            _found++;
            _delays.Add(first - onset);
        }
    }

    private static double Percent(int part, int rest) => 100.0 * part / Math.Max(1, part + rest);
}
