using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.Brokers;

/// <summary>One way down the list of brokers.</summary>
/// <param name="Reached">Null: none took a connection. It belongs to the caller.</param>
/// <param name="Failures">Of the brokers before it.</param>
internal sealed record BrokerAttempt(ReachedBroker? Reached, IReadOnlyList<MqttConnectResult> Failures)
{
    /// <summary>One line: each broker's own.</summary>
    public string Trouble => string.Join("; ", Failures.Select(failure => failure.Aside is null ? failure.Text : $"{failure.Text}; {failure.Aside}"));

    /// <summary>The same for the same trouble.</summary>
    public string TroubleKind => string.Join("; ", Failures.Select(failure => failure.Text));

    /// <summary>Every broker answered, and wants to be left alone.</summary>
    public bool IsUnwelcome => Failures.Count > 0 && Failures.All(failure => failure.Reason?.AsksToStayAway == true);
}
