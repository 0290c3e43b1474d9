namespace EdgeAgent.Mqtt.Commands;

/// <summary>Where an answer goes.</summary>
/// <param name="Correlation">Goes back as it came; null if the command had none.</param>
internal sealed record ReplyAddress(string Topic, ReadOnlyMemory<byte>? Correlation);
