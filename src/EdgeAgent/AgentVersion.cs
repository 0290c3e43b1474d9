using System.Reflection;

namespace EdgeAgent;

internal static class AgentVersion
{
    /// <summary>e.g. "0.1.0", as `--version` prints it and packages compare it.</summary>
    public static string Text { get; } =
        typeof(AgentVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>When this agent's own file was written; null where it has none. No right clock shows an earlier time.</summary>
    public static DateTimeOffset? Made { get; } = FileTime(Path.Combine(AppContext.BaseDirectory, "edgeagent.dll"));

    private static DateTimeOffset? FileTime(string file) => File.Exists(file) ? File.GetLastWriteTimeUtc(file) : null;
}
