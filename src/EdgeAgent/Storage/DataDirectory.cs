namespace EdgeAgent.Storage;

/// <summary>The agent's folder on disk, held by one agent at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        FullPath = path;
        _lock = held;
    }

    public string FullPath { get; }

    public string OutboxPath => OutboxIn(FullPath);

    public string CommandsPath => Path.Combine(FullPath, "commands.db");

    public string AlarmsPath => AlarmsIn(FullPath);

    public static string AlarmsIn(string dataDirectory) => Path.Combine(dataDirectory, "alarms.db");

    public static string OutboxIn(string dataDirectory) => Path.Combine(dataDirectory, "outbox.db");

    /// <returns>null and a reason when it cannot be written or another agent holds it.</returns>
    public static DataDirectory? TryTake(string path, out string? problem)
    {
        problem = null;
        try
        {
            Directory.CreateDirectory(path);
            var held = new FileStream(Path.Combine(path, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataDirectory(Path.GetFullPath(path), held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"data directory {path}: cannot be taken, another agent may hold it: {e.Message}";
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();
}
