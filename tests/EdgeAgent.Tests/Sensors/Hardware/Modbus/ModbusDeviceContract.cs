using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Modbus;

namespace EdgeAgent.Tests.Sensors.Hardware.Modbus;

/// <summary>What a Modbus device gives, whichever line it is on.</summary>
public abstract class ModbusDeviceContract : IDisposable
{
    private protected ModbusDeviceContract(ModbusServer server) => Server = server;

    private protected ModbusServer Server { get; }

    private protected abstract ModbusSensorOptions Line { get; }

    [Fact]
    public void Every_table_and_every_kind_of_number_is_read()
    {
        using var device = Device(
            Reading(ModbusTable.Holding, 0),
            Reading(ModbusTable.Holding, 0, ModbusNumber.Int16),
            Reading(ModbusTable.Holding, 10, ModbusNumber.Float32),
            Reading(ModbusTable.Holding, 20, ModbusNumber.Float32, ModbusOrder.Cdab),
            Reading(ModbusTable.Input, 5),
            Reading(ModbusTable.Coil, 3),
            Reading(ModbusTable.Coil, 2),
            Reading(ModbusTable.Discrete, 4));

        Assert.Null(device.Open());
        Assert.Equal([65336, -200, 12.5, 12.5, 4321, 1, 0, 1], Read(device, 8));
    }

    [Fact]
    public void What_changes_at_the_device_is_read_the_next_time()
    {
        using var device = Device(Reading(ModbusTable.Holding, 7));
        Assert.Null(device.Open());
        Assert.Equal([0], Read(device, 1));

        Server.SetHolding(7, 1234);

        Assert.Equal([1234], Read(device, 1));
    }

    [Fact]
    public void An_address_that_the_device_does_not_have_is_refused_and_the_line_goes_on()
    {
        using var device = Device(Reading(ModbusTable.Holding, 5000));
        Assert.Null(device.Open());

        var fault = device.Read(new double[1])!;

        Assert.Equal(ReadFaultKind.Refused, fault.Kind);
        Assert.EndsWith("unit 17, holding 5000: Illegal data address", fault.Why);
        Assert.Null(device.Open());
        Assert.Equal(ReadFaultKind.Refused, device.Read(new double[1])!.Kind);
    }

    [Fact]
    public void A_unit_that_does_not_answer_is_a_timeout_and_another_on_the_same_line_is_heard()
    {
        var lines = new ModbusLines();
        var absent = Line with { Unit = 18, TimeoutSeconds = 0.1, Readings = [Reading(ModbusTable.Holding, 0)] };
        var present = Line with { Readings = [Reading(ModbusTable.Input, 5)] };
        using var silent = new ModbusDevice(absent, lines.Of(absent));
        using var heard = new ModbusDevice(present, lines.Of(present));
        Assert.Null(silent.Open());
        Assert.Null(heard.Open());

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ReadFaultKind.Timeout, silent.Read(new double[1])!.Kind);
            Assert.Equal([4321], Read(heard, 1));
        }
    }

    public void Dispose()
    {
        Server.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static ModbusReadingOptions Reading(ModbusTable table, int address, ModbusNumber? number = null, ModbusOrder? order = null) =>
        new() { Channel = "x", Table = table, Address = address, Type = number, Order = order };

    private protected ModbusDevice Device(params ModbusReadingOptions[] readings)
    {
        var options = Line with { Readings = readings };
        return new ModbusDevice(options, new ModbusLines().Of(options));
    }

    private protected static double[] Read(ModbusDevice device, int count)
    {
        var values = new double[count];
        Assert.Null(device.Read(values));
        return values;
    }
}
