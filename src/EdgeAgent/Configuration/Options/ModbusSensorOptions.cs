using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A Modbus device, over TCP or on a serial line (RTU).")]
internal sealed record ModbusSensorOptions : PolledSensorOptions
{
    [Description("Where it is over TCP; a gateway to a serial line is one too.")]
    public ModbusTcpOptions? Tcp { get; set; }

    [Description("On which serial line it is. Sensors that name the same line share it.")]
    public ModbusSerialOptions? Serial { get; set; }

    [Description("The device's number on its line; over TCP mostly 1 or 255.")]
    [Range(1, 255)]
    public int Unit { get; set; } = 1;

    [Description("How long an answer may take.")]
    [Range(0.01, 60.0)]
    public double TimeoutSeconds { get; set; } = 0.5;

    [Description("What is read from it.")]
    [Length(1, 64)]
    public required IReadOnlyList<ModbusReadingOptions> Readings { get; set; }

    internal override IReadOnlyList<ReadingOptions> Outputs => Readings;
}
