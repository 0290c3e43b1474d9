namespace EdgeAgent.Storage.Recovery;

/// <summary>One record as it lies on a page.</summary>
/// <param name="RowId">0 in a table that has none.</param>
internal readonly record struct CarvedCell(long RowId, byte[] Payload);
