using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Inference.Packages;

/// <summary>A package folder whose every listed file had the size and hash that its manifest states.</summary>
public sealed record ModelPackage(string Folder, ModelManifest Manifest, ModelIdentity Identity)
{
    public string PathOf(string file) => Path.Combine(Folder, file);
}
