using EdgeAgent.Core.Signals;

namespace EdgeAgent.Sensors;

/// <summary>One row of a recording: one reading of every channel.</summary>
/// <param name="Line">Its line in a text file, else its number, from 1.</param>
/// <param name="Timestamp">Its time as it is written in the file; null without a time column or where the row is broken.</param>
internal readonly record struct RecordedRow(SensorFrame Frame, long Line, string? Timestamp);
