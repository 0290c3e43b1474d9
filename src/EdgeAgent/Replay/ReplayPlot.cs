using System.Globalization;
using System.Net;
using System.Text;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Replay;

/// <summary>A replay as one HTML page with SVG: the score with its threshold, each channel below it, alarms shaded.</summary>
internal sealed class ReplayPlot(IReadOnlyList<Channel> channels, string title)
{
    private const int Width = 1100;
    private const int Height = 110;

    private readonly List<float> _scores = [];
    private readonly List<bool> _alarms = [];
    private readonly List<float>[] _values = [.. channels.Select(_ => new List<float>())];
    private double _threshold = double.NaN;

    public void Add(SensorFrame frame, Observation seen)
    {
        _scores.Add(seen.Score ?? float.NaN);
        _alarms.Add(seen.AlarmActive);
        _threshold = seen.Threshold ?? _threshold;
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i].Add(frame.Values[i]);
        }
    }

    public string ToHtml()
    {
        var page = new StringBuilder();
        page.Append($"<!doctype html><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(title)}</title>");
        page.Append("<style>body{font:14px sans-serif;margin:24px}svg{border:1px solid #ccc;display:block;margin-bottom:12px}</style>");
        page.Append($"<h1>{WebUtility.HtmlEncode(title)}</h1><p>Shaded: the machine alarm stands. Dashed: its threshold.</p>");
        Chart(page, "Score", _scores, _threshold);
        for (var i = 0; i < _values.Length; i++)
        {
            Chart(page, $"{channels[i].Name} ({channels[i].Unit})", _values[i], double.NaN);
        }

        return page.ToString();
    }

    private void Chart(StringBuilder page, string name, List<float> values, double line)
    {
        var finite = values.Where(float.IsFinite).Select(value => (double)value).DefaultIfEmpty(0).ToArray();
        var low = Math.Min(finite.Min(), double.IsNaN(line) ? double.PositiveInfinity : 0);
        var high = double.IsNaN(line) ? finite.Max() : Math.Max(finite.Max(), line);
        var span = Math.Max(high - low, 1e-9);
        double X(int row) => (double)row / Math.Max(1, values.Count - 1) * Width;
        double Y(double value) => Height - 4 - ((value - low) / span * (Height - 8));

        page.Append(CultureInfo.InvariantCulture, $"<div>{WebUtility.HtmlEncode(name)}: {low:G4} to {high:G4}</div><svg width=\"{Width}\" height=\"{Height}\">");
        for (var row = 0; row < _alarms.Count; row++)
        {
            var from = row;
            while (row < _alarms.Count && _alarms[row])
            {
                row++;
            }

            if (row > from)
            {
                page.Append(CultureInfo.InvariantCulture, $"<rect x=\"{X(from):F1}\" y=\"0\" width=\"{X(row) - X(from):F1}\" height=\"{Height}\" fill=\"#fdd\"/>");
            }
        }

        if (!double.IsNaN(line))
        {
            page.Append(CultureInfo.InvariantCulture, $"<line x1=\"0\" x2=\"{Width}\" y1=\"{Y(line):F1}\" y2=\"{Y(line):F1}\" stroke=\"#900\" stroke-dasharray=\"6 4\"/>");
        }

        page.Append("<path fill=\"none\" stroke=\"#046\" d=\"");
        var pen = 'M';
        for (var row = 0; row < values.Count; row++)
        {
            if (float.IsFinite(values[row]))
            {
                page.Append(CultureInfo.InvariantCulture, $"{pen}{X(row):F1} {Y(values[row]):F1}");
                pen = 'L';
            }
            else
            {
                pen = 'M';
            }
        }

        page.Append("\"/></svg>\n");
    }
}
