namespace EdgeAgent.Files;

/// <summary>The kinds of inode(7), as they stand in a file's mode.</summary>
internal enum FileKind
{
    NamedPipe = 0x1000,
    CharacterDevice = 0x2000,
    Folder = 0x4000,
    BlockDevice = 0x6000,
    RegularFile = 0x8000,
    SymbolicLink = 0xA000,
    Socket = 0xC000,
}

/// <summary>What the file system says about a file.</summary>
internal readonly record struct FileFacts(FileKind Kind, long Bytes, uint User, uint Group, long ModifiedSeconds);
