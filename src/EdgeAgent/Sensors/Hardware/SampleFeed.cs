namespace EdgeAgent.Sensors.Hardware;

/// <summary>The sensor whose samples make the rows.</summary>
/// <param name="Sensor">Its index among the sensors.</param>
/// <param name="Ring">Where its device leaves its samples.</param>
/// <param name="SamplesPerRow">How many of them make one row.</param>
internal sealed record SampleFeed(int Sensor, SampleRing Ring, int SamplesPerRow);
