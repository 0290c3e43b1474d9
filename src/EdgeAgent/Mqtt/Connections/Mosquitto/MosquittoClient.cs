using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>
/// libmosquitto's client object. All members but <see cref="AbortConnecting"/> belong to one thread, on which the handlers
/// run too, inside the calls. The library's own threads, reconnecting and publish queue are not used.
/// </summary>
internal sealed unsafe class MosquittoClient : IDisposable
{
    private const int Version5 = 5;

    /// <summary>A subscription option (MQTT 5.0, section 3.8.3.1).</summary>
    private const int RetainAsPublished = 0x08;
    private const string SystemAuthorities = "/etc/ssl/certs";
    private static readonly Lock InitializeGate = new();
    private static bool _isInitialized;

    private readonly MosquittoHandle _handle;
    private readonly GCHandle _handlersHandle;

    /// <exception cref="DllNotFoundException">The library is not installed.</exception>
    public MosquittoClient(MqttConnectionOptions options, MosquittoHandlers handlers)
    {
        lock (InitializeGate)
        {
            if (!_isInitialized)
            {
                _ = LibMosquitto.Initialize();
                _isInitialized = true;
            }
        }

        _handlersHandle = GCHandle.Alloc(handlers);
        _handle = LibMosquitto.New(options.ClientId, options.CleanStart, GCHandle.ToIntPtr(_handlersHandle));
        try
        {
            Require(_handle.IsInvalid ? MosquittoError.Invalid : MosquittoError.Success, "client id");
            Configure(options);
            MosquittoHandlers.Attach(_handle);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Negative: closed.</summary>
    public int Socket => LibMosquitto.Socket(_handle);

    public bool WantsWrite => LibMosquitto.WantsWrite(_handle);

    public MosquittoError Connect(MqttConnectionOptions options, out int errno)
    {
        using var properties = new PropertyList();
        properties.Add(MosquittoProperty.SessionExpiryInterval, (uint)Math.Clamp(options.SessionExpiry.TotalSeconds, 0, uint.MaxValue));
        properties.Add(MosquittoProperty.MaximumPacketSize, options.MaximumPacketSize);
        var error = LibMosquitto.Connect(
            _handle, options.Host, options.Port, (int)options.KeepAlive.TotalSeconds, bindAddress: null, properties.Pointer);
        errno = Marshal.GetLastPInvokeError();
        return error;
    }

    /// <remarks>A QoS 0 message can be acknowledged, by its handler, before this returns.</remarks>
    public MosquittoError Publish(MqttMessage message, out int messageId)
    {
        using var properties = PropertyList.Of(message);
        int id;
        fixed (byte* payload = message.Payload.Span)
        {
            var error = LibMosquitto.Publish(
                _handle, &id, message.Topic, message.Payload.Length, payload, (int)message.Qos, message.Retain, properties.Pointer);
            messageId = id;
            return error;
        }
    }

    public MosquittoError Subscribe(IReadOnlyList<string> filters, MqttQos qos, out int messageId)
    {
        var texts = new byte*[filters.Count];
        try
        {
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = Utf8StringMarshaller.ConvertToUnmanaged(filters[i]);
            }

            int id;
            fixed (byte** first = texts)
            {
                var error = LibMosquitto.Subscribe(_handle, &id, texts.Length, first, (int)qos, RetainAsPublished, properties: 0);
                messageId = id;
                return error;
            }
        }
        finally
        {
            foreach (var text in texts)
            {
                Utf8StringMarshaller.Free(text);
            }
        }
    }

    public MosquittoError Disconnect() => LibMosquitto.Disconnect(_handle, (int)MqttReasonCode.Success, properties: 0);

    public MosquittoError Read() => LibMosquitto.Read(_handle, 1);

    public MosquittoError Write() => LibMosquitto.Write(_handle, 1);

    public MosquittoError KeepAlive() => LibMosquitto.KeepAlive(_handle);

    /// <summary>From any thread: makes a blocked <see cref="Connect"/> fail. May be needed once per address of the host.</summary>
    public void AbortConnecting()
    {
        try
        {
            Posix.AbortConnecting(LibMosquitto.Socket(_handle));
        }
        catch (ObjectDisposedException)
        {
            // It is over anyway.
        }
    }

    /// <summary>Closes the socket without DISCONNECT if it is still open.</summary>
    public void Dispose()
    {
        _handle.Dispose();
        if (_handlersHandle.IsAllocated)
        {
            _handlersHandle.Free();
        }
    }

    private void Configure(MqttConnectionOptions options)
    {
        Require(LibMosquitto.SetOption(_handle, MosquittoOption.ProtocolVersion, Version5), "MQTT 5");
        Require(LibMosquitto.SetOption(_handle, MosquittoOption.ReceiveMaximum, options.ReceiveMaximum), "receive maximum");
        // 0 is "no limit": how many are in flight is decided by the loop, so that no message waits unseen in the library.
        Require(LibMosquitto.SetOption(_handle, MosquittoOption.SendMaximum, 0), "send maximum");
        Require(LibMosquitto.SetOption(_handle, MosquittoOption.TcpNoDelay, 1), "TCP_NODELAY");
        if (options.Credentials is { } who)
        {
            Require(LibMosquitto.SetCredentials(_handle, who.Username, who.Password), "user name and password");
        }

        if (options.Tls is { } tls)
        {
            Require(
                LibMosquitto.SetTls(
                    _handle, tls.CaFile, tls.CaFile is null ? SystemAuthorities : null, tls.CertificateFile, tls.KeyFile, 0),
                "TLS");
        }

        if (options.Will is { } will)
        {
            SetWill(will);
        }
    }

    private void SetWill(MqttMessage will)
    {
        using var properties = PropertyList.Of(will);
        fixed (byte* payload = will.Payload.Span)
        {
            Require(
                LibMosquitto.SetWill(
                    _handle, will.Topic, will.Payload.Length, payload, (int)will.Qos, will.Retain, properties.Pointer),
                "will");
            properties.Release();
        }
    }

    private static void Require(MosquittoError error, string what)
    {
        if (error != MosquittoError.Success)
        {
            throw new InvalidOperationException($"libmosquitto does not take the {what}: {LibMosquitto.Describe(error)}");
        }
    }
}
