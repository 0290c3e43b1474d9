namespace EdgeAgent.Core.ModelPackages;

/// <summary>Which model it was: what every decision and diagnosis names.</summary>
/// <param name="Sha256">Lower-case hex of the SHA-256 of the package's manifest, which in turn pins every file.</param>
public sealed record ModelIdentity(string Name, string Version, string Sha256);
