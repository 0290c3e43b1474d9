namespace EdgeAgent.Core.ModelPackages;

/// <param name="Path">Relative to the package, with forward slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record ModelFile(string Path, long Size, string Sha256);
