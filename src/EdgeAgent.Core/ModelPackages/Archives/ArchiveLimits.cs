namespace EdgeAgent.Core.ModelPackages.Archives;

/// <summary>What a package archive may hold at most. Checked on what its directory claims, before a byte is inflated.</summary>
/// <param name="Entries">Files in the archive, the manifest and its signature among them.</param>
/// <param name="FileBytes">One file, inflated. Below 4 GiB: an archive has no zip64.</param>
/// <param name="TotalBytes">All files, inflated.</param>
/// <param name="Ratio">Inflated bytes per stored byte of a file. Weights and graphs stay below 20.</param>
/// <param name="ManifestBytes">manifest.json, inflated.</param>
/// <param name="SignatureBytes">manifest.sig; an ECDSA P-256 signature in DER has at most 72.</param>
public sealed record ArchiveLimits(
    int Entries = 64,
    long FileBytes = 0xFFFF_0000,
    long TotalBytes = 8L << 30,
    int Ratio = 200,
    int ManifestBytes = 1 << 20,
    int SignatureBytes = 256);
