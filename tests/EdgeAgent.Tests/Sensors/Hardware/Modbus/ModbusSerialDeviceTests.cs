using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Tests.Sensors.Hardware.Modbus;

/// <summary>RTU over a real terminal: a pair of pseudo-terminals is the wire.</summary>
public sealed class ModbusSerialDeviceTests() : ModbusDeviceContract(ModbusServer.Start("rtu"))
{
    private protected override ModbusSensorOptions Line => new() { Name = "rtu", Serial = Server.Serial, Unit = 17, TimeoutSeconds = 10, Readings = [] };

    [Fact]
    public void A_line_that_is_pulled_is_a_fault_and_then_absent()
    {
        using var device = Device(Reading(ModbusTable.Input, 5));
        Assert.Null(device.Open());
        Server.Dispose();

        Assert.NotNull(device.Read(new double[1]));
        Assert.Equal(ReadFaultKind.Absent, device.Open()!.Kind);
    }
}
