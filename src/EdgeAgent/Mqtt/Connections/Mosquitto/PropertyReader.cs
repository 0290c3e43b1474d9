using System.Runtime.InteropServices;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>Reads the property lists that callbacks are lent.</summary>
internal static unsafe class PropertyReader
{
    public static MqttServerLimits Limits(nint list)
    {
        ushort receiveMaximum;
        uint packetSize;
        byte qos, retain;
        return new MqttServerLimits
        {
            ReceiveMaximum = LibMosquittoProperties.ReadInt16(list, MosquittoProperty.ReceiveMaximum, &receiveMaximum, false) != 0
                ? receiveMaximum
                : ushort.MaxValue,
            MaximumPacketSize = LibMosquittoProperties.ReadInt32(list, MosquittoProperty.MaximumPacketSize, &packetSize, false) != 0
                ? packetSize
                : null,
            MaximumQos = LibMosquittoProperties.ReadByte(list, MosquittoProperty.MaximumQos, &qos, false) != 0 && qos == 0
                ? MqttQos.AtMostOnce
                : MqttQos.AtLeastOnce,
            RetainAvailable = LibMosquittoProperties.ReadByte(list, MosquittoProperty.RetainAvailable, &retain, false) == 0
                || retain != 0,
        };
    }

    public static string? Text(nint list, MosquittoProperty name)
    {
        byte* value = null;
        return LibMosquittoProperties.ReadString(list, name, &value, false) == 0 ? null : Take(value);
    }

    public static ReadOnlyMemory<byte>? Data(nint list, MosquittoProperty name)
    {
        byte* value = null;
        ushort length;
        if (LibMosquittoProperties.ReadBinary(list, name, &value, &length, false) == 0)
        {
            return null;
        }

        var data = new ReadOnlySpan<byte>(value, length).ToArray();
        NativeMemory.Free(value);
        return data;
    }

    public static TimeSpan? Expiry(nint list)
    {
        uint seconds;
        return LibMosquittoProperties.ReadInt32(list, MosquittoProperty.MessageExpiryInterval, &seconds, false) == 0
            ? null
            : TimeSpan.FromSeconds(seconds);
    }

    public static IReadOnlyList<MqttUserProperty> UserProperties(nint list)
    {
        List<MqttUserProperty>? found = null;
        for (var property = list; property != 0; property = LibMosquittoProperties.Next(property))
        {
            byte* name = null, value = null;
            if (LibMosquittoProperties.Name(property) == MosquittoProperty.UserProperty
                && LibMosquittoProperties.ReadStringPair(property, MosquittoProperty.UserProperty, &name, &value, false) != 0)
            {
                (found ??= []).Add(new MqttUserProperty(Take(name), Take(value)));
            }
        }

        return found ?? [];
    }

    private static string Take(byte* text)
    {
        var copy = Marshal.PtrToStringUTF8((nint)text) ?? "";
        NativeMemory.Free(text);
        return copy;
    }
}
