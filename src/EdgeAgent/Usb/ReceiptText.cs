using System.Globalization;
using System.Text;

namespace EdgeAgent.Usb;

/// <summary>The receipt as a technician reads it on any computer: plain words, and line ends that every editor knows.</summary>
internal static class ReceiptText
{
    private const string LineEnd = "\r\n";
    private const string Indent = "    ";

    public static string FileName(string device) => $"edgeagent-result-{device}.txt";

    public static string Write(string site, string device, string machine, DateTimeOffset at, IEnumerable<(IntakeReport Report, JudgedPackage? Verdict)> lines)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append(LineEnd);

        Line("EdgeAgent: what became of the model packages on this stick");
        Line("");
        Line($"Device   {device}, site {site}");
        Line($"Machine  {machine}");
        Line(string.Create(CultureInfo.InvariantCulture, $"Written  {at:u} by the clock of the device, which may be wrong"));
        foreach (var (report, verdict) in lines)
        {
            Line("");
            Line(report.PrintableFile);
            foreach (var sentence in Sentences(report, verdict))
            {
                Line(Indent + sentence);
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Sentences(IntakeReport report, JudgedPackage? verdict) => (report.Verdict, verdict) switch
    {
        (IntakeVerdict.LeftOut or IntakeVerdict.NotRead or IntakeVerdict.NotStored, _) => ["NOT TAKEN", report.Detail, "The device goes on with what it had."],
        (_, null) => ["NO VERDICT YET", "The package is on the device and waits for its agent. Plug the stick in again later to see the verdict."],
        (IntakeVerdict.Known, { } known) => ["NO CHANGE", string.Create(CultureInfo.InvariantCulture, $"The device has had this package before, at {known.At:u}. What became of it then:"), .. Of(known)],
        (_, { } fresh) => Of(fresh),
    };

    private static IEnumerable<string> Of(JudgedPackage verdict) =>
    [
        verdict.Result switch
        {
            "activated" => "IN USE",
            "shadowing" => "ON TRIAL: it runs beside the model in use, and the device decides later",
            "already-active" => "NO CHANGE: it was in use already",
            "refused" => "REFUSED: the device goes on with what it had",
            "rolled-back" => "TAKEN BACK: it did worse than the model before, which is in use again",
            var other => other.ToUpperInvariant(),
        },
        .. verdict is { Name: { } name, Version: { } version } ? (string[])[$"{name} {version}"] : [],
        .. verdict.Reason is { Length: > 0 } reason ? (string[])[reason] : [],
    ];
}
