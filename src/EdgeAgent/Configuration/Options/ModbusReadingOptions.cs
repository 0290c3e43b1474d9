using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Configuration;

[Description("One number, or one bit, of a Modbus device.")]
internal sealed record ModbusReadingOptions : ReadingOptions
{
    [Description("The table that it is in.")]
    public ModbusTable Table { get; set; } = ModbusTable.Holding;

    [Description("Its address as it goes over the line, from 0: what a data sheet calls 40001 is 0 in the table holding.")]
    [Range(0, 65_535)]
    public required int Address { get; set; }

    [Description("What stands in its registers; a bit is 0 or 1. Default: uint16.")]
    public ModbusNumber? Type { get; set; }

    [Description("In which order the device sends a number whose highest byte is a. Default: abcd, as the protocol means it.")]
    public ModbusOrder? Order { get; set; }

    internal bool IsBit => Table is ModbusTable.Coil or ModbusTable.Discrete;

    internal ModbusNumber Number => Type ?? ModbusNumber.Uint16;
}
