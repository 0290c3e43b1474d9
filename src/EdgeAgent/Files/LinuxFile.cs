using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Files;

/// <summary>What .NET does not say about a file: its kind and its owner, without following a link; and how to open it so.</summary>
internal static partial class LinuxFile
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollowStat = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    // statx(2): the same layout on every architecture; uid at 20, gid at 24, mode at 28, size at 40, mtime at 112.
    private const int StatBytes = 256;
    private const int CloseOnExec = 0x8_0000; // O_CLOEXEC
    private const int NonBlocking = 0x800; // O_NONBLOCK: opening a fifo must not wait for its other end

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    /// <summary>O_NOFOLLOW; this and O_DIRECTORY are the two flags whose values differ between the architectures.</summary>
    private static readonly int NoFollow = IsArm ? 0x8000 : 0x2_0000;
    private static readonly int FolderOnly = IsArm ? 0x4000 : 0x1_0000;

    /// <summary>A folder that no symbolic link stands for.</summary>
    /// <exception cref="IOException">There is none, or it may not be read.</exception>
    public static SafeFileHandle OpenFolder(string path) => Checked(OpenAt(CurrentDirectory, path, FolderOnly | NoFollow | CloseOnExec), path);

    /// <summary>A folder in an opened folder, on the same terms.</summary>
    /// <exception cref="IOException">There is none, or it may not be read.</exception>
    public static SafeFileHandle OpenFolder(SafeFileHandle parent, string name) =>
        Checked(OpenAt(Descriptor(parent), name, FolderOnly | NoFollow | CloseOnExec), name);

    /// <summary>A file in an opened folder, to be read. Look at its kind first: opening a device may do something.</summary>
    /// <exception cref="IOException">It is gone, a link, or may not be read.</exception>
    public static SafeFileHandle OpenFile(SafeFileHandle folder, string name) =>
        Checked(OpenAt(Descriptor(folder), name, NoFollow | NonBlocking | CloseOnExec), name);

    /// <exception cref="IOException">It is gone, or the disk is.</exception>
    public static FileFacts FactsOf(SafeFileHandle folder, string name) => Facts(Descriptor(folder), name, NoFollowStat);

    /// <exception cref="IOException">The disk is gone.</exception>
    public static FileFacts FactsOf(SafeFileHandle file) => Facts(Descriptor(file), "", EmptyPath);

    /// <exception cref="IOException">It is gone.</exception>
    public static FileFacts FactsOf(string path) => Facts(CurrentDirectory, path, NoFollowStat);

    /// <summary>Of what a symbolic link stands for, if it is one.</summary>
    /// <exception cref="IOException">It is gone, or may not be looked at.</exception>
    public static FileFacts FactsOfTarget(string path) => Facts(CurrentDirectory, path, flags: 0);

    /// <summary>Whether it is a file, and no link, pipe or device; looked at and not opened. False also for what is not there.</summary>
    public static bool IsRegular(string path)
    {
        try
        {
            return FactsOf(path).Kind == FileKind.RegularFile;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Gives a file that root made to the owner of a folder. Does nothing for anybody but root.</summary>
    /// <exception cref="IOException">The file system knows no owners.</exception>
    public static void GiveTo(FileFacts owner, string path)
    {
        if (EffectiveUser() == 0 && ChangeOwner(path, owner.User, owner.Group) != 0)
        {
            throw Error(path);
        }
    }

    private static int Descriptor(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    private static SafeFileHandle Checked(int descriptor, string name) => descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Error(name);

    private static FileFacts Facts(int folder, string name, int flags)
    {
        Span<byte> stat = stackalloc byte[StatBytes];
        if (StatX(folder, name, flags, BasicStats, ref MemoryMarshal.GetReference(stat)) != 0)
        {
            throw Error(name);
        }

        return new FileFacts(
            (FileKind)(BinaryPrimitives.ReadUInt16LittleEndian(stat[28..]) & 0xF000),
            BinaryPrimitives.ReadInt64LittleEndian(stat[40..]),
            BinaryPrimitives.ReadUInt32LittleEndian(stat[20..]),
            BinaryPrimitives.ReadUInt32LittleEndian(stat[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(stat[112..]));
    }

    private static IOException Error(string name)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{name}: {Marshal.GetPInvokeErrorMessage(error)}", new Win32Exception(error));
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(int folder, string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte stat);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
