using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Sensors.Hardware.Modbus;

/// <summary>A context of libmodbus, closed and freed once nothing uses it.</summary>
internal sealed class ModbusHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibModbus.Close(handle);
        LibModbus.Free(handle);
        return true;
    }
}
