using System.Text.Json.Serialization;

namespace EdgeAgent.Usb;

/// <summary>One file of a stick and what became of it; one line for a person.</summary>
/// <param name="File">Its name on the stick.</param>
/// <param name="Incoming">Its name without ending in the incoming folder, where the verdict on it has the same; null if it is not there.</param>
/// <param name="Sha256">Of the whole file, where it was read.</param>
internal sealed record IntakeReport(string File, IntakeVerdict Verdict, string Detail, string? Incoming = null, string? Sha256 = null)
{
    /// <summary>The agent's verdict is still to come.</summary>
    [JsonIgnore]
    public bool IsHandedOver => Verdict is IntakeVerdict.Taken or IntakeVerdict.Waiting;

    [JsonIgnore]
    public bool IsFailure => Verdict is IntakeVerdict.NotStored or IntakeVerdict.NotRead;

    /// <summary>A name on a stick may hold anything, also what would write over a line of the log.</summary>
    [JsonIgnore]
    public string PrintableFile => string.Concat(File.Select(character => char.IsControl(character) ? '?' : character));

    public override string ToString() => $"{PrintableFile}: {Detail}";
}
