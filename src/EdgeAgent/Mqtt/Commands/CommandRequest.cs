using EdgeAgent.Commanding;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>A command that may be carried out.</summary>
/// <param name="Command">Known, and allowed by the config.</param>
/// <param name="ReceivedAt">A timestamp of the process's clock.</param>
/// <param name="Expiry">After this time the sender does not want it any more; null: it always does.</param>
internal sealed record CommandRequest(
    ICommand Command, CommandEnvelope Envelope, ReplyAddress ReplyTo, long ReceivedAt, TimeSpan? Expiry);
