namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>One thing that the recorded process did to its folder, in the order in which it did it.</summary>
internal abstract record FileOperation
{
    /// <param name="File">A number per file, whatever it is called.</param>
    public sealed record Create(string Path, int File) : FileOperation;

    public sealed record Write(int File, long Offset, byte[] Data) : FileOperation;

    public sealed record Truncate(int File, long Length) : FileOperation;

    /// <param name="Failed">The disk refused: what was not durable is in doubt for ever, unless it is written again.</param>
    public sealed record Sync(int File, bool Failed) : FileOperation;

    public sealed record Rename(string From, string To) : FileOperation;

    public sealed record Link(string From, string To) : FileOperation;

    public sealed record Unlink(string Path) : FileOperation;

    public sealed record MakeFolder(string Path) : FileOperation;

    public sealed record SyncFolder(string Path, bool Failed) : FileOperation;

    /// <summary>A line that the process wrote to its standard output.</summary>
    public sealed record Told(string Line) : FileOperation;
}
