namespace EdgeAgent.Sensors.Simulation;

/// <summary>What `edgeagent simulate` was asked for.</summary>
/// <param name="ForSeconds">Simulated time.</param>
/// <param name="Faults">As written on the command line; empty = the schedule of the config.</param>
/// <param name="Output">The CSV file to write.</param>
internal sealed record SimulateRequest(string Config, double ForSeconds, IReadOnlyList<string> Faults, string Output);
