using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware.SystemDevice;

/// <summary>Carries a fault of a bus through code that knows exceptions alone.</summary>
internal sealed class BusException(ReadFault fault) : IOException(fault.Why)
{
    public ReadFault Fault => fault;
}
