namespace EdgeAgent.Mqtt.Connections;

/// <summary>Something asked of the broker whose answer a caller awaits. The first completion counts, later ones are ignored.</summary>
internal abstract class MqttRequest
{
    private volatile bool _isAbandoned;

    /// <summary>The caller has gone: what was not sent yet need not be sent.</summary>
    public bool IsAbandoned => _isAbandoned;

    public void Abandon() => _isAbandoned = true;

    /// <summary>Completes it as lost.</summary>
    public abstract void Lose(string why);
}
