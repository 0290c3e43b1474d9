using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.Gpio;

/// <summary>One line that was asked for, and is held until it is disposed. One thread uses it at a time.</summary>
internal interface IGpioLine : IDisposable
{
    /// <param name="active">By the polarity that was asked for.</param>
    ReadFault? Read(out bool active);

    /// <summary>Drives an output.</summary>
    ReadFault? Write(bool active);

    /// <summary>What came since the last call, or since it was opened. Does not wait. Only for a line that was asked for with edges.</summary>
    ReadFault? TakeEdges(out EdgeReport edges);
}
