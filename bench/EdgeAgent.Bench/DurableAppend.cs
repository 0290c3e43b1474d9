using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Bench;

/// <summary>What a disk allows at best: the bytes at the end of a file that grows, and fdatasync.</summary>
internal sealed class DurableAppend(string path) : IDisposable
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
    private long _length;

    public void Append(byte[] body)
    {
        RandomAccess.Write(_file, body, _length);
        _length += body.Length;
        if (SynchronizeData(_file) != 0)
        {
            throw new IOException($"fdatasync: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public void Dispose() => _file.Dispose();

#pragma warning disable SYSLIB1054 // One handle needs no generated marshalling. The runtime's own flush is an fsync, which does more.
    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SynchronizeData(SafeFileHandle file);
#pragma warning restore SYSLIB1054
}
