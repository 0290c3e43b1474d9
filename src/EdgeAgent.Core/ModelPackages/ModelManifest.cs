namespace EdgeAgent.Core.ModelPackages;

/// <summary>manifest.json of a model package: what it is, what it needs, and the hash of every file.</summary>
/// <param name="Format">1.</param>
/// <param name="Kind">"anomaly" or "language".</param>
/// <param name="Sequence">Rises with every release of the same name, so that an older one can be told.</param>
/// <param name="Entry">The file that is opened first.</param>
/// <param name="Targets">"any", or the runtime ids (<c>linux-arm64</c>) and machine kinds that it was made for.</param>
/// <param name="EvidenceVersion">The evidence vocabulary that the package speaks.</param>
/// <param name="Anomaly">The block of an anomaly package, else null.</param>
/// <param name="Language">The block of a language package, else null.</param>
/// <param name="Expires">From when on it is not taken any more; null = never. One that is in use stays in use.</param>
/// <param name="SelfTest">What it must give for given input; an anomaly package has one.</param>
public sealed record ModelManifest(
    int Format,
    string Name,
    string Version,
    long Sequence,
    string Kind,
    DateTimeOffset Created,
    string MinAgent,
    IReadOnlyList<string> Targets,
    ModelRuntimeNeeds Runtime,
    IReadOnlyList<ModelFile> Files,
    string Entry,
    int EvidenceVersion,
    string License,
    string? Notes = null,
    AnomalyContract? Anomaly = null,
    LanguageContract? Language = null,
    DateTimeOffset? Expires = null,
    SelfTestContract? SelfTest = null)
{
    public const int CurrentFormat = 1;
}
