namespace EdgeAgent.Core.Sampling;

// These are the words of the data sheets, and of the config.
#pragma warning disable CA1720 // Identifier contains type name

/// <summary>What stands in one or two registers of a Modbus device.</summary>
public enum ModbusNumber
{
    Uint16,
    Int16,
    Uint32,
    Int32,
    Float32,
}
