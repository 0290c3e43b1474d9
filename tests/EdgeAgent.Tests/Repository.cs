namespace EdgeAgent.Tests;

/// <summary>Finds the files of this repository from wherever the tests were built.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string DeviceConfigs => Path.Combine(Root, "device-configs");

    /// <summary>Recordings of a real testbed that are not part of the repository; null without them.</summary>
    public static string? Recordings
    {
        get
        {
            var folder = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "skab-dev"));
            return Directory.Exists(folder) ? folder : null;
        }
    }

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "EdgeAgent.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }
}
