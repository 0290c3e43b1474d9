namespace EdgeAgent.Mqtt.Commands;

/// <param name="Body">A <see cref="CommandAnswer"/>, as it was first given.</param>
/// <param name="Repeated">The command was carried out earlier; nothing happened this time.</param>
internal sealed record OutgoingAnswer(ReplyAddress To, byte[] Body, bool Repeated);
