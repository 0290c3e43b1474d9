namespace EdgeAgent.Storage.Recovery;

/// <summary>What became of a damaged alarms.db.</summary>
/// <param name="SetAside">The name under which it lies now.</param>
/// <param name="Why">What was found wrong.</param>
/// <param name="Standing">Sources of which it is still known where their alarm stands.</param>
/// <param name="History">Lines of the history that are still there.</param>
/// <param name="Damaged">Lines that were recognized and could not be read.</param>
internal sealed record AlarmSalvage(string SetAside, string Why, int Standing, int History, int Damaged);
