using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Systemd;

/// <summary>
/// The service side of sd_notify(3): one datagram per message to the socket that the service manager names in
/// NOTIFY_SOCKET. Does nothing where there is no such manager. Never throws: telling the manager must not stop the agent.
/// </summary>
/// <param name="socketPath">A path, or a name in the abstract namespace when it begins with '@'; null: no manager.</param>
/// <param name="time">Its timestamps are the kernel's CLOCK_MONOTONIC, which the reload message must carry.</param>
internal sealed class SystemdNotifier(string? socketPath, TimeProvider time)
{
    public const string SocketVariable = "NOTIFY_SOCKET";

    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Whether a service manager listens. A vsock address, which only virtual machine managers use, counts as none.</summary>
    public bool IsActive => socketPath is ['/' or '@', _, ..];

    public static SystemdNotifier FromEnvironment(TimeProvider time) =>
        new(Environment.GetEnvironmentVariable(SocketVariable), time);

    /// <summary>Start-up is complete, or a reload is.</summary>
    public bool Ready(string status) => Send($"READY=1\nSTATUS={OneLine(status)}");

    public bool Stopping(string status) => Send($"STOPPING=1\nSTATUS={OneLine(status)}");

    /// <summary>The configuration is being read again; <see cref="Ready"/> ends it.</summary>
    public bool Reloading() => Send("RELOADING=1\nMONOTONIC_USEC=" + MonotonicMicroseconds());

    /// <summary>One line for `systemctl status`.</summary>
    public bool Status(string status) => Send($"STATUS={OneLine(status)}");

    /// <summary>Keeps the watchdog from restarting the service for one more interval.</summary>
    public bool Watchdog() => Send("WATCHDOG=1");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private string MonotonicMicroseconds() =>
        ((long)time.GetElapsedTime(0, time.GetTimestamp()).TotalMicroseconds).ToString(CultureInfo.InvariantCulture);

    private bool Send(string message)
    {
        if (!IsActive)
        {
            return false;
        }

        try
        {
            var address = socketPath![0] == '@' ? '\0' + socketPath[1..] : socketPath;
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTimeout = (int)SendTimeout.TotalMilliseconds;
            var bytes = Encoding.UTF8.GetBytes(message);
            return socket.SendTo(bytes, new UnixDomainSocketEndPoint(address)) == bytes.Length;
        }
        catch (Exception e) when (e is SocketException or ArgumentException or NotSupportedException)
        {
            // Nobody listens, the name is too long, or the manager is busy: the next message tries again.
            return false;
        }
    }
}
