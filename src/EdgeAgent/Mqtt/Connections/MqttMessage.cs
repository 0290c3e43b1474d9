namespace EdgeAgent.Mqtt.Connections;

/// <summary>An application message: one to publish, one that arrived, or a will.</summary>
internal sealed record MqttMessage
{
    public required string Topic { get; init; }

    public ReadOnlyMemory<byte> Payload { get; init; }

    public MqttQos Qos { get; init; } = MqttQos.AtLeastOnce;

    /// <summary>On one that arrived: its sender asked the broker to keep it, so it may be old.</summary>
    public bool Retain { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>Whole seconds, rounded up. Null: never. On one that arrived: what is left of it.</summary>
    public TimeSpan? Expiry { get; init; }

    public IReadOnlyList<MqttUserProperty> UserProperties { get; init; } = [];

    public uint? ExpirySeconds => Expiry is { } expiry ? (uint)Math.Clamp(Math.Ceiling(expiry.TotalSeconds), 0, uint.MaxValue) : null;
}
