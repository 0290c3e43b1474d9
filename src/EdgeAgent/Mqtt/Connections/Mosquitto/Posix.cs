using System.Runtime.InteropServices;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>The C library's calls for waiting on libmosquitto's socket (Linux's numbers, the same on x64 and arm64).</summary>
internal static unsafe partial class Posix
{
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollError = 8;
    public const short PollHangUp = 16;

    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int TcpStateSynSent = 2;
    private const int ShutdownBoth = 2;
    private const int MessagePeek = 2;
    private const int MessageDontWait = 0x40;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int Again = 11;
    private const int Interrupted = 4;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int File;
        public short Wanted;
        public short Ready;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, ulong count, int timeoutMs);

    public static int OpenEvent() => EventFile(0, CloseOnExec | NonBlocking);

    public static void Signal(int file)
    {
        ulong one = 1;
        _ = Write(file, &one, sizeof(ulong));
    }

    public static void Clear(int file)
    {
        ulong count;
        _ = Read(file, &count, sizeof(ulong));
    }

    /// <summary>The other side has closed or broken the connection, and nothing unread is left.</summary>
    public static bool IsClosedByPeer(int socket)
    {
        byte first;
        var got = Receive(socket, &first, 1, MessagePeek | MessageDontWait);
        return got == 0 || (got < 0 && Marshal.GetLastPInvokeError() is not (Again or Interrupted));
    }

    /// <summary>
    /// Ends the connect() that another thread is blocked in. The file number may be reused at any moment, so the socket
    /// is pinned by a duplicate and must still be connecting: the worst mistake fails another attempt, never a connection.
    /// </summary>
    public static void AbortConnecting(int socket)
    {
        var pinned = Duplicate(socket);
        if (pinned < 0)
        {
            return;
        }

        uint state = 0;
        uint size = sizeof(uint);
        if (GetOption(pinned, TcpLevel, TcpInfo, &state, &size) == 0 && (state & 0xFF) == TcpStateSynSent)
        {
            _ = Shutdown(pinned, ShutdownBoth);
        }

        _ = Close(pinned);
    }

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFile(uint start, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int file, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, void* buffer, nuint count, int flags);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int file);

    [LibraryImport("libc", EntryPoint = "shutdown")]
    private static partial int Shutdown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    private static partial int GetOption(int socket, int level, int option, void* value, uint* size);
}
