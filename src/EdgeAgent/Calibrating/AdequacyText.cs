using System.Globalization;
using EdgeAgent.Core.Detection;

namespace EdgeAgent.Calibrating;

/// <summary>Says in one line whether a calibration's data were long enough.</summary>
internal static class AdequacyText
{
    /// <summary>A line of a command's summary, with its key.</summary>
    public static string Line(ModeCalibration mode) => mode.Adequacy is not { } adequacy ? "long enough     nobody judged it"
        : (adequacy.IsLongEnough ? "long enough     " : "too short       ") + (mode.Mode is null ? "" : mode.Mode + ": ") + Of(adequacy);

    public static string Of(CalibrationAdequacy adequacy) => adequacy.IsLongEnough
        ? Text($"{Minutes(adequacy.Seconds)} of normal running; {100 * adequacy.HeldBackFlagged:0.0}% of the last 40% looked strange to the first 60%")
        : Text($"{string.Join("; ", adequacy.Reasons)}; calibrate for {Minutes(adequacy.SuggestedSeconds ?? 0)} or more");

    private static string Minutes(double seconds) => Text($"{seconds / 60:0.#} min");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
