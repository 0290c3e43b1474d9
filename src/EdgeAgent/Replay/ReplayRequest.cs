namespace EdgeAgent.Replay;

/// <summary>What `edgeagent replay` was asked for.</summary>
/// <param name="CalibrateRows">The first rows are normal and calibrate; null = use the calibration in the data directory.</param>
/// <param name="Speed">Recorded seconds per real second; 0 = as fast as possible.</param>
internal sealed record ReplayRequest(
    string Config, string Input, int? CalibrateRows, double Speed, string? Scores, string? Decisions, string? Plot, string? DataDir);
