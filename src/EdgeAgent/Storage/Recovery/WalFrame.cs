namespace EdgeAgent.Storage.Recovery;

/// <summary>One frame of a write-ahead log.</summary>
/// <param name="Number">From 0, in the order of the file.</param>
/// <param name="Ends">It says that a transaction ends with it.</param>
/// <param name="IsSound">It belongs to this log, and its checksum is right.</param>
/// <param name="IsForeign">It certainly does not belong to this log: it was left from an earlier one, or never written.</param>
/// <param name="IsFlipped">It would be sound if one bit of it, or of the log's header, were the other way.</param>
internal readonly record struct WalFrame(int Number, int Page, bool Ends, bool IsSound, bool IsForeign, bool IsFlipped);
