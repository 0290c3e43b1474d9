using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>
/// What libmosquitto calls back, as managed delegates. Everything handed over is a copy. A handler that throws does not
/// reach the C code: the exception waits in <see cref="Fault"/> for the loop.
/// </summary>
internal sealed unsafe class MosquittoHandlers
{
    private const int LogError = 8;

    public required Action<MqttReasonCode, bool, MqttServerLimits, string?> Connected { get; init; }

    /// <summary>Values from 0x80 are the reason of a DISCONNECT that the broker sent; 0 follows our own; others are errors.</summary>
    public required Action<int> Disconnected { get; init; }

    public required Action<int, MqttReasonCode, string?> Acknowledged { get; init; }

    public required Action<int, MqttReasonCode[]> Subscribed { get; init; }

    public required Action<MqttMessage> Arrived { get; init; }

    public required Action<string> Failed { get; init; }

    /// <summary>Grows with every call, so that the loop sees whether reading made progress.</summary>
    public long Calls { get; private set; }

    public Exception? Fault { get; private set; }

    public static void Attach(MosquittoHandle client)
    {
        LibMosquitto.OnConnect(client, &OnConnect);
        LibMosquitto.OnDisconnect(client, &OnDisconnect);
        LibMosquitto.OnPublish(client, &OnPublish);
        LibMosquitto.OnSubscribe(client, &OnSubscribe);
        LibMosquitto.OnMessage(client, &OnMessage);
        LibMosquitto.OnLog(client, &OnLog);
    }

    private static void Call(nint self, Action<MosquittoHandlers> handle)
    {
        var handlers = (MosquittoHandlers)GCHandle.FromIntPtr(self).Target!;
        handlers.Calls++;
        try
        {
            handle(handlers);
        }
#pragma warning disable CA1031 // An exception must not unwind through C; the loop rethrows it on its own frame.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            handlers.Fault ??= fault;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint client, nint self, int reason, int flags, nint properties) =>
        Call(self, handlers => handlers.Connected(
            (MqttReasonCode)reason,
            (flags & 1) != 0,
            PropertyReader.Limits(properties),
            PropertyReader.Text(properties, MosquittoProperty.ReasonString)));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDisconnect(nint client, nint self, int reason, nint properties) =>
        Call(self, handlers => handlers.Disconnected(reason));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint client, nint self, int messageId, int reason, nint properties) =>
        Call(self, handlers => handlers.Acknowledged(
            messageId, (MqttReasonCode)reason, PropertyReader.Text(properties, MosquittoProperty.ReasonString)));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint client, nint self, int messageId, int count, int* granted, nint properties) =>
        Call(self, handlers =>
        {
            var reasons = new MqttReasonCode[count];
            for (var i = 0; i < count; i++)
            {
                reasons[i] = (MqttReasonCode)granted[i];
            }

            handlers.Subscribed(messageId, reasons);
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint client, nint self, MosquittoMessage* message, nint properties) =>
        Call(self, handlers => handlers.Arrived(new MqttMessage
        {
            Topic = Marshal.PtrToStringUTF8((nint)message->Topic) ?? "",
            Payload = new ReadOnlySpan<byte>(message->Payload, message->PayloadLength).ToArray(),
            Qos = message->Qos == 0 ? MqttQos.AtMostOnce : MqttQos.AtLeastOnce,
            Retain = message->Retain != 0,
            ContentType = PropertyReader.Text(properties, MosquittoProperty.ContentType),
            ResponseTopic = PropertyReader.Text(properties, MosquittoProperty.ResponseTopic),
            CorrelationData = PropertyReader.Data(properties, MosquittoProperty.CorrelationData),
            Expiry = PropertyReader.Expiry(properties),
            UserProperties = PropertyReader.UserProperties(properties),
        }));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint client, nint self, int level, byte* text) =>
        Call(self, handlers =>
        {
            if (level == LogError)
            {
                handlers.Failed(Marshal.PtrToStringUTF8((nint)text) ?? "");
            }
        });
}
