namespace EdgeAgent.Pipeline;

/// <param name="Recorder">Used by the detect loop alone.</param>
internal sealed record SnapshotParts(SnapshotRecorder Recorder, SnapshotLoop Loop);
