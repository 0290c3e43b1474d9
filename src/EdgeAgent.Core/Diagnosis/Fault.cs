namespace EdgeAgent.Core.Diagnosis;

/// <summary>One thing that can go wrong with a machine.</summary>
/// <param name="Id">Stable id, e.g. <c>suction-restriction</c>.</param>
/// <param name="Title">A technician's name for it.</param>
/// <param name="Description">One or two sentences.</param>
/// <param name="Signature">For each <see cref="SignatureKey"/> that tells: "up", "down", "steady" or "dominant".</param>
/// <param name="Actions">What to do, word for word as the technician will read it.</param>
public sealed record Fault(
    string Id,
    string Title,
    string Description,
    IReadOnlyDictionary<string, string> Signature,
    IReadOnlyList<string> Actions)
{
    /// <summary>The id of a diagnosis that names no fault.</summary>
    public const string Unknown = "unknown";
}
