namespace EdgeAgent.Usb;

/// <summary>What became of a file on a stick.</summary>
internal enum IntakeVerdict
{
    /// <summary>Copied; the running agent judges it, or the next one that runs.</summary>
    Taken,

    /// <summary>Copied before, and not judged yet.</summary>
    Waiting,

    /// <summary>Judged before; nothing was done.</summary>
    Known,

    /// <summary>Not a package that the agent would look at.</summary>
    LeftOut,

    /// <summary>The disk of the device did not take it; nothing of it was kept.</summary>
    NotStored,

    /// <summary>The stick could not be read to its end; nothing of it was kept.</summary>
    NotRead,
}

/// <summary>One line for a person.</summary>
/// <param name="File">Its name on the stick.</param>
/// <param name="Incoming">Its name without ending in the incoming folder, where the verdict on it has the same; null if it is not there.</param>
/// <param name="Sha256">Of the whole file, where it was read.</param>
internal sealed record IntakeReport(string File, IntakeVerdict Verdict, string Detail, string? Incoming = null, string? Sha256 = null)
{
    public bool IsFailure => Verdict is IntakeVerdict.NotStored or IntakeVerdict.NotRead;

    public override string ToString() => $"{Printable(File)}: {Detail}";

    /// <summary>A name on a stick may hold anything, also what would write over a line of the log.</summary>
    private static string Printable(string name) => string.Concat(name.Select(character => char.IsControl(character) ? '?' : character));
}
