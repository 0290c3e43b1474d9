namespace EdgeAgent.Mqtt.Commands;

/// <param name="Body">A <see cref="CommandAnswer"/>, as it was first given.</param>
/// <param name="Repeated">The command was carried out earlier; nothing happened this time.</param>
/// <param name="Shorter">Says in few bytes that the broker takes no answer of that size; null if it is short itself.</param>
internal sealed record OutgoingAnswer(ReplyAddress To, byte[] Body, bool Repeated, Func<byte[]>? Shorter = null);
