namespace EdgeAgent.EndToEnd;

/// <summary>Where things lie in the checkout that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The agent that was built here; EDGEAGENT_AGENT=/opt/edgeagent/edgeagent for an installed one.</summary>
    public static string Agent { get; } = Environment.GetEnvironmentVariable("EDGEAGENT_AGENT") is { Length: > 0 } installed
        ? installed
        : Path.Combine(Root, "eng", "edgeagent");

    public static string Config(string name) => Path.Combine(Root, "device-configs", name);

    public static string Package(string name) => Path.Combine(Root, "models", name);

    /// <summary>Real recordings that are measured on but never shipped.</summary>
    public static string SharedData => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeAgent.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
