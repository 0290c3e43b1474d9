namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>What a recorded process changed outside of its folder.</summary>
internal sealed class TraceElsewhere(string folder)
{
    private readonly List<string> _paths = [];

    public IReadOnlyList<string> Paths => _paths;

    /// <param name="call">Has succeeded.</param>
    public void Note(TraceLine call)
    {
        string[] changed = call.Call switch
        {
            "openat" when call.Says(2, "O_WRONLY") || call.Says(2, "O_RDWR") || call.Says(2, "O_CREAT") => [call.Text(1)],
            "rename" or "link" => [call.Text(0), call.Text(1)],
            "unlink" or "rmdir" or "mkdir" => [call.Text(0)],
            _ => [],
        };
        _paths.AddRange(changed.Where(path => path != folder && !path.StartsWith(folder + "/", StringComparison.Ordinal)));
    }
}
