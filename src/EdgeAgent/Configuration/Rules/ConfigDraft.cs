using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Configuration.Rules;

/// <summary>A config whose single values have been checked, and repaired where they were wrong.</summary>
/// <param name="Library">Null when it cannot be read, which has been told.</param>
/// <param name="File">The config file as it was named.</param>
/// <param name="IsSound">False for places that were repaired: nothing can be concluded from them.</param>
internal sealed record ConfigDraft(AgentOptions Options, FaultLibrary? Library, string File, ConfigUse Use, Func<string, bool> IsSound)
{
    public TimeSpan Period => TimeSpan.FromSeconds(1 / Options.Sampling.RateHz);

    public string Resolve(string path) => ConfigPaths.Resolve(File, path);
}
