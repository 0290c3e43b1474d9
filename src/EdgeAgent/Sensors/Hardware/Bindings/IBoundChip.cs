using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.Bindings;

/// <summary>A chip of Iot.Device.Bindings. Throws as that does, and when it is made: then the chip is there and set up.</summary>
internal interface IBoundChip : IDisposable
{
    /// <summary>Takes a reading of everything, for chips that read all at once.</summary>
    ReadFault? Measure();

    /// <param name="name">One that the config's rule knows for this chip.</param>
    double Value(string name);
}
