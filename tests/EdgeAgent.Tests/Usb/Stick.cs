using System.Security.Cryptography;
using EdgeAgent.Usb;

namespace EdgeAgent.Tests.Usb;

/// <summary>A folder that stands for a mounted stick, and the data directory of the device that it is plugged into.</summary>
internal sealed class Stick : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Stick(string? dataDirectory = null)
    {
        Mount = Path.Combine(_folder.Path, "stick");
        Data = dataDirectory ?? Path.Combine(_folder.Path, "data");
        Directory.CreateDirectory(Path.Combine(Mount, "edgeagent"));
        Directory.CreateDirectory(Data);
    }

    public string Mount { get; }

    public string Data { get; }

    public string Incoming => Path.Combine(Data, "models", "incoming");

    /// <summary>The names in the incoming folder, hidden ones too.</summary>
    public IReadOnlyList<string> Waiting => !Directory.Exists(Incoming) ? []
        : [.. Directory.GetFileSystemEntries(Incoming).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public string At(string name) => Path.Combine(Mount, "edgeagent", name);

    /// <returns>The SHA-256 of what it holds.</returns>
    public string Put(string name, int bytes = 5000, int seed = 1)
    {
        var content = new byte[bytes];
        new Random(seed).NextBytes(content);
        File.WriteAllBytes(At(name), content);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    public IReadOnlyList<IntakeReport> Take(IntakeLimits? limits = null, CancellationToken stop = default) =>
        [.. new StickIntake(new DropFolder(Data), JudgedPackages.Read(Data), limits ?? new IntakeLimits(KeptFreeBytes: 0)).Take(Mount, stop)];

    /// <summary>As the agent does: the verdict is written and the package deleted.</summary>
    public void Judge(string name, string result, DateTimeOffset at)
    {
        var path = Path.Combine(Incoming, $"{name}.eapkg");
        var outcomes = Directory.CreateDirectory(Path.Combine(Data, "models", "outcomes")).FullName;
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        File.WriteAllText(
            Path.Combine(outcomes, $"{name}.json"),
            $$"""{"format":"edgeagent/model-outcome/1","file":"{{name}}.eapkg","sha256":"{{sha256}}","result":"{{result}}","reason":"for this test","name":"pump","version":"1.2","sequence":3,"at":"{{at:O}}"}""");
        File.Delete(path);
    }

    public void Dispose() => _folder.Dispose();
}
