using EdgeAgent.Core.Signals;

namespace EdgeAgent.Sensors.Csv;

/// <summary>One data row of a recording.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Timestamp">Its time as it is written in the file; null without a time column or where the row is broken.</param>
internal readonly record struct CsvRow(SensorFrame Frame, long Line, string? Timestamp);
