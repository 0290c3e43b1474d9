namespace EdgeAgent.Mqtt.Brokers;

/// <summary>Which broker is in use. Written by the publish loop, read by anyone.</summary>
internal sealed class BrokerUse
{
    private volatile ReachedBroker? _current;

    /// <summary>Null: none. The connection is not the reader's.</summary>
    public ReachedBroker? Current
    {
        get => _current;
        set => _current = value;
    }
}
