using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>A device that is asked for its readings. One thread uses it at a time; calls may block. Disposing closes it.</summary>
internal interface ISensorDevice : IDisposable
{
    /// <summary>Finds it and makes it ready. Opening again begins afresh.</summary>
    /// <returns>null when it is ready.</returns>
    ReadFault? Open();

    /// <summary>Takes one reading of everything that it gives.</summary>
    /// <param name="values">One per output, in the device's own engineering units. Worth nothing after a fault.</param>
    /// <returns>null when all were read.</returns>
    ReadFault? Read(Span<double> values);

    /// <summary>Samples that never came although the device was there, since the start; null for a device that is asked value by value.</summary>
    long? Lost => null;
}
