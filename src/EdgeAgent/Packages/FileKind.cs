using System.Runtime.InteropServices;

namespace EdgeAgent.Packages;

/// <summary>What a name in a folder stands for, without following or opening it: opening a pipe would wait for ever.</summary>
internal static unsafe partial class FileKind
{
    // linux/fcntl.h, linux/stat.h: the same on every architecture.
    private const int WorkingDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint Type = 1; // STATX_TYPE
    private const int StatxBytes = 256;
    private const int ModeAt = 28; // struct statx: mask, blksize, attributes, nlink, uid, gid, mode
    private const int TypeBits = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG

    /// <summary>False also for what is not there.</summary>
    public static bool IsRegular(string path)
    {
        var buffer = stackalloc byte[StatxBytes];
        return Statx(WorkingDirectory, path, NoFollow, Type, buffer) == 0 && (*(ushort*)(buffer + ModeAt) & TypeBits) == Regular;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);
}
