using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.I2c;

/// <summary>Opens a bus by its number.</summary>
/// <param name="bus">Set when null is returned.</param>
internal delegate ReadFault? I2cBusOpener(int number, out II2cBus? bus);
