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
    private readonly MqttConnectionOptions _options;
    private readonly ConnectionLife _life;
    private readonly MosquittoSession _session;
    private readonly MosquittoSocket _socket;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WakeSignal _wake = new();
    private volatile MosquittoClient? _client;
    private volatile bool _stopNow;

    public MosquittoLoop(MqttConnectionOptions options, ConnectionLife life, TimeProvider time)
    {
        _options = options;
        _life = life;
        _session = new MosquittoSession(options, life, time);
        _socket = new MosquittoSocket(options, _session, _wake);
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
            case MosquittoError.Tls:
                _session.Check(error);
                break;
            case MosquittoError.Success:
                break;
            default:
                _session.Fail(MqttConnectResult.Unreachable(_options.Endpoint, LibMosquitto.Describe(error)));
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
            _socket.Wait(client, socket);
            _session.Check(client.KeepAlive());
        }

        if (_session.Handlers.Fault is { } fault)
        {
            throw new InvalidOperationException($"a handler of libmosquitto failed: {fault.Message}", fault);
        }
    }
}
