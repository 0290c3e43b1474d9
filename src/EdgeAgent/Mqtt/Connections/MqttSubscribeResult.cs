namespace EdgeAgent.Mqtt.Connections;

/// <param name="Outcome">Refused if the broker refused at least one filter.</param>
/// <param name="Reasons">One per filter, in their order; empty when lost.</param>
/// <param name="Text">One line for a person.</param>
internal sealed record MqttSubscribeResult(MqttRequestOutcome Outcome, IReadOnlyList<MqttReasonCode> Reasons, string Text)
{
    public bool IsAccepted => Outcome == MqttRequestOutcome.Accepted;

    public static MqttSubscribeResult From(IReadOnlyList<string> filters, IReadOnlyList<MqttReasonCode> reasons)
    {
        var refused = filters.Zip(reasons).Where(pair => pair.Second.IsFailure).ToList();
        return refused.Count == 0
            ? new(MqttRequestOutcome.Accepted, reasons, $"subscribed to {string.Join(", ", filters)}")
            : new(MqttRequestOutcome.Refused, reasons, string.Join("; ", refused.Select(pair => $"{pair.First}: {pair.Second.Describe()}")));
    }

    public static MqttSubscribeResult Lost(string why) => new(MqttRequestOutcome.Lost, [], why);
}
