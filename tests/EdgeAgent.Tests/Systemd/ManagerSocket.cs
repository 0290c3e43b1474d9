using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Tests.Systemd;

/// <summary>The service manager's end: a real datagram socket that receives what the agent tells.</summary>
internal sealed class ManagerSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly string? _file;

    private ManagerSocket(string name, string address, string? file)
    {
        Name = name;
        _file = file;
        _socket.Bind(new UnixDomainSocketEndPoint(address));
    }

    /// <summary>As NOTIFY_SOCKET would say it.</summary>
    public string Name { get; }

    public static ManagerSocket AsFile()
    {
        var file = Path.Combine(Path.GetTempPath(), "notify-" + Guid.NewGuid().ToString("N"));
        return new ManagerSocket(file, file, file);
    }

    public static ManagerSocket Abstract()
    {
        var name = "edgeagent-notify-" + Guid.NewGuid().ToString("N");
        return new ManagerSocket("@" + name, "\0" + name, file: null);
    }

    public async Task<string> ReceiveAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, late.Token));
    }

    public bool HasMail => _socket.Available > 0;

    public void Dispose()
    {
        _socket.Dispose();
        if (_file is not null)
        {
            File.Delete(_file);
        }
    }
}
