using System.Globalization;
using EdgeAgent.Core.Detection;

namespace EdgeAgent.Calibrating;

/// <summary>A new calibration as the data of a decision; with operating modes each key has the mode's name and a dot in front.</summary>
internal static class CalibrationFacts
{
    public static Dictionary<string, string> Of(Calibration made)
    {
        var data = new Dictionary<string, string>();
        foreach (var mode in made.Modes)
        {
            var prefix = mode.Mode is null ? "" : mode.Mode + ".";
            data[prefix + "windows"] = mode.Windows.ToString(CultureInfo.InvariantCulture);
            data[prefix + "threshold"] = mode.Threshold.Threshold.ToString("R", CultureInfo.InvariantCulture);
            data[prefix + "effectiveSamples"] = mode.Threshold.EffectiveSamples.ToString("F1", CultureInfo.InvariantCulture);
            data[prefix + "extrapolated"] = mode.Threshold.Extrapolated ? "true" : "false";
            if (mode.Adequacy is { } adequacy)
            {
                data[prefix + "adequacy"] = adequacy.Verdict;
                data[prefix + "adequacyReason"] = AdequacyText.Of(adequacy);
            }
        }

        return data;
    }
}
