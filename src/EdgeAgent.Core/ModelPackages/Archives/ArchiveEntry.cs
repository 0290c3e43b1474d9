namespace EdgeAgent.Core.ModelPackages.Archives;

/// <summary>One file of an archive.</summary>
/// <param name="Name">Relative, with forward slashes, safe to join to a folder.</param>
/// <param name="IsDeflated">Else stored as it is.</param>
/// <param name="StoredBytes">Bytes in the archive.</param>
/// <param name="Bytes">Bytes once inflated, as the archive claims.</param>
/// <param name="DataOffset">Where its bytes begin in the archive.</param>
public sealed record ArchiveEntry(string Name, bool IsDeflated, long StoredBytes, long Bytes, long DataOffset);
