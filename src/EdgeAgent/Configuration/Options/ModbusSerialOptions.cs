using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A serial line.")]
internal sealed record ModbusSerialOptions
{
    [Description("Its device, e.g. /dev/ttyUSB0, or better a name under /dev/serial/by-id.")]
    [Length(1, 4096)]
    public required string Device { get; set; }

    [Description("Bits per second.")]
    [Range(300, 4_000_000)]
    public int Baud { get; set; } = 19_200;

    [Description("Modbus asks for even parity, or for none and two stop bits.")]
    public SerialParity Parity { get; set; } = SerialParity.Even;

    [Description("How many stop bits.")]
    [Range(1, 2)]
    public int StopBits { get; set; } = 1;
}
