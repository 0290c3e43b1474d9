using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Tests.Mqtt.Connections;

/// <summary>
/// A loopback port on which connecting neither succeeds nor fails: Linux drops a SYN while the queue of connections that
/// wait to be accepted is full, and here nobody accepts.
/// </summary>
internal sealed class BlackHole : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _fillers = [];

    public BlackHole()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        for (var i = 0; i < 3; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                filler.Connect(_listener.LocalEndPoint!);
            }
            catch (SocketException)
            {
                // Non-blocking: it is on its way, or stuck like all that follow.
            }

            _fillers.Add(filler);
        }

        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public ValueTask DisposeAsync()
    {
        _fillers.ForEach(filler => filler.Dispose());
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }
}
