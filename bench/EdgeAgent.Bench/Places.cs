namespace EdgeAgent.Bench;

/// <summary>Where the benchmarks find what they measure.</summary>
internal static class Places
{
    public static string Root { get; } = FindRoot();

    public static string Agent => Path.Combine(Root, "eng", "edgeagent");

    public static string Config => Path.Combine(Root, "device-configs", "water-pump.json");

    public static string Package => Path.Combine(Root, "models", "process-anomaly");

    /// <summary>The recordings kept beside a clone; they are not part of the project, and may be absent.</summary>
    public static string Skab => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "skab-dev"));

    public static string Bearings => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "cwru-dev"));

    public static string Healthy => Path.Combine(Skab, "anomaly-free", "anomaly-free.csv");

    /// <summary>A new folder, by default where the system keeps temporary files; what is measured there depends on the file system.</summary>
    public static string Temporary(string? under = null) =>
        Directory.CreateDirectory(Path.Combine(under ?? Path.GetTempPath(), $"edgeagent-bench-{Guid.NewGuid():N}")).FullName;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "EdgeAgent.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
