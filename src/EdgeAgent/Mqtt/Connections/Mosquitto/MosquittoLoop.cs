using System.Runtime.InteropServices;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>
/// The one thread of a connection. It alone talks to libmosquitto, which is safest when it need not know of threads:
/// <code>
/// Post ────────────▶ queue ─┐
/// Finish, StopNow ─▶ flag ──┴─▶ poll(socket, wake) ─▶ read ─▶ session ─▶ answers, received messages
///                                                 └─▶ write, keep-alive
/// </code>
/// </summary>
internal sealed class MosquittoLoop : IDisposable
{
    private const int TickMs = 1000; // libmosquitto counts keep-alive in whole seconds

    private readonly MqttConnectionOptions _options;
    private readonly ConnectionLife _life;
    private readonly MosquittoSession _session;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WakeSignal _wake = new();
    private volatile MosquittoClient? _client;
    private volatile bool _stopNow;

    public MosquittoLoop(MqttConnectionOptions options, ConnectionLife life, TimeProvider time)
    {
        _options = options;
        _life = life;
        _session = new MosquittoSession(options, life, time);
    }

    public Task<MqttConnectResult> Connected => _session.Connected;

    /// <summary>Completes when the thread has freed what it held.</summary>
    public Task Ended => _ended.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = $"mqtt {_options.ClientId}" }.Start();

    /// <summary>Instead of <see cref="Start"/>, when there will be no thread; a thread frees everything itself.</summary>
    public void Dispose()
    {
        _wake.Dispose();
        _ended.TrySetResult();
    }

    public void Post(MqttRequest request)
    {
        _session.Queue(request);
        _wake.Set();
    }

    /// <summary>Send what waits, await its answers, send DISCONNECT.</summary>
    public void Finish()
    {
        _session.Finish();
        _wake.Set();
    }

    /// <summary>Close without DISCONNECT. A thread that is blocked in connecting may need more than one call.</summary>
    public void StopNow()
    {
        _stopNow = true;
        _wake.Set();
        _client?.AbortConnecting();
    }

    /// <summary>For a caller that waited long enough; the result that was there first is the one that counts.</summary>
    public MqttConnectResult GiveUp(MqttConnectResult result)
    {
        if (_session.TryAnswer(result))
        {
            StopNow();
            _life.End(MqttDisconnect.Because(MqttDisconnectCause.NeverConnected, result.Text));
        }

        return _session.Connected.GetAwaiter().GetResult();
    }

    private void Run()
    {
        try
        {
            using var client = new MosquittoClient(_options, _session.Handlers);
            _client = client;
            Connect(client);
            while (_session.End is null)
            {
                Turn(client);
            }
        }
        catch (DllNotFoundException)
        {
            _session.Fail(MqttConnectResult.Misconfigured($"{LibMosquitto.Library} is not installed (Debian package libmosquitto1)"));
        }
#pragma warning disable CA1031 // The thread's last frame: the connection ends with the fault, the process goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _session.Fail(MqttConnectResult.Misconfigured(fault.Message));
        }
        finally
        {
            _client = null;
            _life.End(_session.End!);
            _wake.Dispose();
            _ended.SetResult();
        }
    }

    private void Connect(MosquittoClient client)
    {
        if (_stopNow)
        {
            _session.Fail(MqttConnectResult.Unreachable(_options.Endpoint, "given up"));
            return;
        }

        var error = client.Connect(_options, out var errno);
        switch (error)
        {
            case MosquittoError.NameLookup:
                _session.Fail(MqttConnectResult.Unreachable(_options.Endpoint, "the host name is not known"));
                break;
            case MosquittoError.Errno:
                _session.Fail(MqttConnectResult.Unreachable(_options.Endpoint, Marshal.GetPInvokeErrorMessage(errno)));
                break;
            default:
                _session.Check(error);
                break;
        }
    }

    private void Turn(MosquittoClient client)
    {
        if (_stopNow)
        {
            _session.Close();
            return;
        }

        _session.Send(client);
        var socket = client.Socket;
        _session.Check(socket < 0 ? MosquittoError.ConnectionLost : MosquittoError.Success);
        if (_session.End is null)
        {
            Wait(client, socket);
            _session.Check(client.KeepAlive());
        }

        if (_session.Handlers.Fault is { } fault)
        {
            throw new InvalidOperationException($"a handler of libmosquitto failed: {fault.Message}", fault);
        }
    }

    private unsafe void Wait(MosquittoClient client, int socket)
    {
        var entries = stackalloc Posix.PollEntry[2];
        entries[0] = new() { File = socket, Wanted = (short)(Posix.PollIn | (client.WantsWrite ? Posix.PollOut : 0)) };
        entries[1] = new() { File = _wake.File, Wanted = Posix.PollIn };
        if (Posix.Poll(entries, 2, TickMs) <= 0)
        {
            return; // a tick, or interrupted
        }

        if (entries[1].Ready != 0)
        {
            _wake.Clear();
        }

        Transfer(client, socket, entries[0].Ready);
    }

    private void Transfer(MosquittoClient client, int socket, int ready)
    {
        var isShakingHands = _options.Tls is not null && !Connected.IsCompleted;
        if (isShakingHands && ready != 0 && Posix.IsClosedByPeer(socket))
        {
            // libmosquitto 2.0.11 takes this for "try again" and would spin until its keep-alive ends.
            _session.Fail(MqttConnectResult.TlsFailed(_options.Endpoint, "the broker closed the connection during the handshake"));
            return;
        }

        var canRead = (ready & (Posix.PollIn | Posix.PollError | Posix.PollHangUp)) != 0;
        var canWrite = (ready & Posix.PollOut) != 0;
        if (canRead || (canWrite && isShakingHands)) // the handshake goes on in the library's read function only
        {
            Read(client);
        }

        if (canWrite && client.Socket >= 0)
        {
            _session.Check(client.Write());
        }
    }

    /// <summary>
    /// With TLS several packets can be inside OpenSSL already, where poll() does not see them, and libmosquitto may stop
    /// early there (it looks at errno, which handlers change): so it is asked again until nothing comes.
    /// </summary>
    private void Read(MosquittoClient client)
    {
        long before;
        do
        {
            before = _session.Handlers.Calls;
            _session.Check(client.Read());
        }
        while (_options.Tls is not null && _session.Handlers.Calls != before && client.Socket >= 0);
    }
}
