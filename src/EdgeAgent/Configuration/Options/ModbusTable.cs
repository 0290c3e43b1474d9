namespace EdgeAgent.Configuration;

/// <summary>The tables of a Modbus device.</summary>
internal enum ModbusTable
{
    /// <summary>Function 3; numbered 4xxxx in many data sheets.</summary>
    Holding,

    /// <summary>Function 4; 3xxxx.</summary>
    Input,

    /// <summary>Function 1; 0xxxx.</summary>
    Coil,

    /// <summary>Function 2; 1xxxx.</summary>
    Discrete,
}
