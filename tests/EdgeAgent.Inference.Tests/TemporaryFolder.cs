namespace EdgeAgent.Inference.Tests;

/// <summary>A folder of one test's own, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("edgeagent-test-").FullName;

    /// <summary>Copies a package so that a test may damage it.</summary>
    public string CopyOf(string package)
    {
        var target = Path.Combine(FullPath, Path.GetFileName(package));
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(package))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return target;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
