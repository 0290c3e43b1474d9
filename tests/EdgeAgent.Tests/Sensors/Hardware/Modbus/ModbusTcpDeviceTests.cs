using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Tests.Sensors.Hardware.Modbus;

public sealed class ModbusTcpDeviceTests() : ModbusDeviceContract(ModbusServer.Start("tcp"))
{
    private protected override ModbusSensorOptions Line => new() { Name = "tcp", Tcp = Server.Tcp, Unit = 17, TimeoutSeconds = 10, Readings = [] };

    [Fact]
    public void A_server_that_goes_away_is_a_fault_and_then_gives_no_answer()
    {
        using var device = Device(Reading(ModbusTable.Input, 5));
        Assert.Null(device.Open());
        Server.Dispose();

        Assert.NotNull(device.Read(new double[1]));
        device.Dispose();
        Assert.Equal(ReadFaultKind.NoAnswer, device.Open()!.Kind);
    }
}
