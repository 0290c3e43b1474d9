using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.Gpio;

/// <summary>Finds a line and takes hold of it.</summary>
/// <param name="line">Set when null is returned.</param>
internal delegate ReadFault? GpioLineOpener(GpioLineRequest request, out IGpioLine? line);
