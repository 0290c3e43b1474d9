namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>A change of one name, or of two at once.</summary>
/// <param name="Node">A file from 0, or a folder below -1.</param>
/// <param name="Takes">The name that goes; null if none does.</param>
/// <param name="Gives">The name that comes; null if none does.</param>
internal sealed record NameChange(int Node, (int Folder, string Name)? Takes, (int Folder, string Name)? Gives)
{
    /// <summary>The folder whose fsync makes it durable.</summary>
    public int Folder => (Gives ?? Takes)!.Value.Folder;
}
