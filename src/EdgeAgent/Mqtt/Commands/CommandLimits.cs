namespace EdgeAgent.Mqtt.Commands;

/// <param name="Queue">Commands that may wait while one is carried out.</param>
/// <param name="AnswerExpiry">After this time a broker throws an answer away that it could not deliver.</param>
internal sealed record CommandLimits(int Queue, TimeSpan AnswerExpiry);
