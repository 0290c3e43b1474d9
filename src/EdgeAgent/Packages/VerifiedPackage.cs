using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Packages;

/// <summary>A package whose signature and every hash were right.</summary>
/// <param name="KeyId">The trusted key that signed it.</param>
/// <param name="KeyName">The file of that key.</param>
internal sealed record VerifiedPackage(ModelManifest Manifest, ModelIdentity Identity, string KeyId, string KeyName);
