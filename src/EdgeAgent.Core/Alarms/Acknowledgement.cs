namespace EdgeAgent.Core.Alarms;

/// <summary>Somebody has seen an alarm.</summary>
/// <param name="Who">A claim: nobody checks it. null = it was not said.</param>
public sealed record Acknowledgement(string? Who, string? Comment, DateTimeOffset At);
