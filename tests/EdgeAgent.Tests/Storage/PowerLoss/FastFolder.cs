namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>A folder in memory where there is one: tens of thousands of images are laid there.</summary>
internal sealed class FastFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    public string Path { get; } = Directory.Exists(Memory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, "edgeagent-test-" + Guid.NewGuid().ToString("N"))).FullName
        : Directory.CreateTempSubdirectory("edgeagent-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
