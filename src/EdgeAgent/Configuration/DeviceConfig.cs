using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Configuration;

/// <summary>A device's config as it was accepted: complete, in range, and consistent.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="FaultLibrary">What can go wrong with the machine.</param>
internal sealed record DeviceConfig(string File, AgentOptions Options, FaultLibrary FaultLibrary)
{
    /// <summary>The full path of a path that the config names; those are relative to the config file.</summary>
    public string Resolve(string path) => ConfigPaths.Resolve(File, path);
}
