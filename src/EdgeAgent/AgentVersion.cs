using System.Reflection;

namespace EdgeAgent;

internal static class AgentVersion
{
    /// <summary>e.g. "0.1.0", as `--version` prints it and packages compare it.</summary>
    public static string Text { get; } =
        typeof(AgentVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
