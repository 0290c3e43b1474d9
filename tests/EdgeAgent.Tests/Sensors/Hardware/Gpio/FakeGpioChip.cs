namespace EdgeAgent.Tests.Sensors.Hardware.Gpio;

/// <summary>A chip with lines in memory.</summary>
internal sealed record FakeGpioChip(string Name, string Label, IReadOnlyList<FakeGpioLine> Lines);
