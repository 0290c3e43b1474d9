namespace EdgeAgent.Sensors.Csv;

/// <summary>What is known of a CSV file beforehand.</summary>
/// <param name="Delimiter">Null = found from the header.</param>
/// <param name="TimeColumn">Null = found from the header, if there is one.</param>
/// <param name="RateHz">The rate of the rows where their times say nothing.</param>
internal sealed record CsvFormat(char? Delimiter, string? TimeColumn, double RateHz);
