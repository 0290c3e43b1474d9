namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>A property list on its way out, freed on disposal unless the library took it.</summary>
internal sealed unsafe class PropertyList : IDisposable
{
    private nint _first;

    /// <summary>Zero: an empty list.</summary>
    public nint Pointer => _first;

    public static PropertyList Of(MqttMessage message)
    {
        var list = new PropertyList();
        if (message.ExpirySeconds is { } seconds)
        {
            list.Add(MosquittoProperty.MessageExpiryInterval, seconds);
        }

        list.Add(MosquittoProperty.ContentType, message.ContentType);
        list.Add(MosquittoProperty.ResponseTopic, message.ResponseTopic);
        if (message.CorrelationData is { } data)
        {
            fixed (byte* value = data.Span)
            {
                Check(LibMosquittoProperties.AddBinary(ref list._first, MosquittoProperty.CorrelationData, value, (ushort)data.Length));
            }
        }

        foreach (var (name, value) in message.UserProperties)
        {
            Check(LibMosquittoProperties.AddStringPair(ref list._first, MosquittoProperty.UserProperty, name, value));
        }

        return list;
    }

    public void Add(MosquittoProperty name, uint value) => Check(LibMosquittoProperties.AddInt32(ref _first, name, value));

    /// <summary>The library owns it now.</summary>
    public void Release() => _first = 0;

    public void Dispose()
    {
        if (_first != 0)
        {
            LibMosquittoProperties.FreeAll(ref _first);
        }
    }

    private void Add(MosquittoProperty name, string? value)
    {
        if (value is not null)
        {
            Check(LibMosquittoProperties.AddString(ref _first, name, value));
        }
    }

    // The values were checked before (MqttText): what is left is a lack of memory or a bug.
    private static void Check(MosquittoError error)
    {
        if (error != MosquittoError.Success)
        {
            throw new InvalidOperationException($"libmosquitto took no property: {LibMosquitto.Describe(error)}");
        }
    }
}
